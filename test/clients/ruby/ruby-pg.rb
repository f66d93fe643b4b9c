require 'pg'
require_relative 'client'

CONNECTION = PG.connect

# The driver itself sends a list as its text; with a map of types, which it brings along, as text[].
def ask(sql, parameters)
  CONNECTION.exec_params(sql, parameters).values
end

client = Client.new(PG::VERSION) do |sql, parameters|
  ask(sql, parameters.map { |value| value.is_a?(Array) ? PG::TextEncoder::Array.new.encode(value) : value })
end
client.answer_queries
client.answer('COPY') do
  CONNECTION.copy_data('COPY job_log (id, status, history) FROM STDIN', PG::TextEncoder::CopyRow.new) do
    CONNECTION.put_copy_data(['1', 'syncfy:501', '{syncfy:100,syncfy:501}'])
  end
  rows = []
  CONNECTION.copy_data('COPY (SELECT status, history FROM job_log WHERE id = 1) TO STDOUT', PG::TextDecoder::CopyRow.new) do
    while (row = CONNECTION.get_copy_data)
      rows << row
    end
  end
  rows
end
client.answer('binary') do
  CONNECTION.exec_params('SELECT status FROM sync_jobs WHERE status = $1 LIMIT 1', [{ value: 'syncfy:501', format: 1 }], 1).values
end
puts "introspection\t-"

CONNECTION.type_map_for_queries = PG::BasicTypeMapForQueries.new(CONNECTION)
typed = Client.new { |sql, parameters| ask(sql, parameters) }
typed.answer_queries('parameter', 'LIKE', 'label', 'list', suffix: ' with BasicTypeMapForQueries')

results = PG::BasicTypeMapForResults.new(CONNECTION)
OID = ask("SELECT 'status_code[]'::regtype::oid", [])[0][0].to_i
results.add_coder(PG::TextDecoder::Array.new(oid: OID, elements_type: PG::TextDecoder::String.new))
CONNECTION.type_map_for_results = results
typed.answer_queries('array', suffix: ' with the line')
