# Asks the queries of queries.tsv through a client, and prints the answers: see ../README.md.

QUERIES = File.readlines(File.join(__dir__, '..', 'queries.tsv'), chomp: true).map { |line| line.split("\t") }

def text(value)
  case value
  when nil then 'NULL'
  when Array then "[#{value.map { |element| text(element) }.join(',')}]"
  else value.to_s
  end
end

# What a block returns, rows or a text, or the server's error in it.
def outcome
  answer = yield
  answer.is_a?(Array) ? answer.map { |row| row.map { |value| text(value) }.join('|') }.join(' ') : answer
rescue StandardError => e
  describe(e)
end

def describe(error)
  error = error.cause if error.cause.is_a?(PG::Error)
  return "ERROR: #{error.class}: #{error.message.lines.first}" unless error.is_a?(PG::Error) && error.result

  fields = [error.result.error_field(PG::PG_DIAG_SQLSTATE)]
  fields << 'DETAIL' if error.result.error_field(PG::PG_DIAG_MESSAGE_DETAIL)
  fields << 'HINT' if error.result.error_field(PG::PG_DIAG_MESSAGE_HINT)
  "ERROR #{fields.join(' ')}: #{error.result.error_field(PG::PG_DIAG_MESSAGE_PRIMARY)}"
end

# A client that answers by a block, which gets SQL and parameters, and returns rows.
class Client
  def initialize(version = nil, &ask)
    @ask = ask
    puts "version\t#{version}" if version
  end

  def answer(aspect, &question)
    @ask.call("SELECT 'plans of #{aspect}'", [])
    puts "#{aspect}\t#{outcome(&question)}"
  end

  def answer_queries(*aspects, suffix: '')
    QUERIES.each do |aspect, parameter, _, sql|
      next unless aspects.empty? || aspects.include?(aspect)

      parameters = parameter == '-' ? [] : [parameter]
      parameters = [parameter[1..-2].split(',')] if parameter.start_with?('{')
      answer(aspect + suffix) { @ask.call(sql, parameters) }
    end
  end
end
