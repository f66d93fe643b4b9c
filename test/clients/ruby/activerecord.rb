require 'active_record'
require 'stringio'
require_relative 'client'

ActiveRecord::Base.establish_connection(adapter: 'postgresql', host: ENV.fetch('PGHOST'), username: 'postgres', database: ENV.fetch('PGDATABASE'))
CONNECTION = ActiveRecord::Base.connection

class SyncJob < ActiveRecord::Base; end

class JobLog < ActiveRecord::Base
  self.table_name = 'job_log'
  self.primary_key = 'id'
end

def ids(jobs)
  jobs.order(:id).pluck(:id).map { |id| [id] }
end

client = Client.new(ActiveRecord::VERSION::STRING) { |sql, _| CONNECTION.select_rows(sql) }
client.answer('scalar') { SyncJob.where(id: [1, 3]).order(:id).pluck(:status, :category, :action) }
client.answer('parameter') { ids(SyncJob.where(status: 'syncfy:501')) }
client.answer('parameter') { ids(SyncJob.where(status: %w[syncfy:501 syncfy:502])) }
client.answer('parameter') { SyncJob.where(status: 'syncfy:501'..).order(:status, :id).limit(2).pluck(:id).map { |id| [id] } }
client.answer('LIKE') { ids(SyncJob.where(SyncJob.arel_table[:status].matches('syncfy:501%', nil, true))) }
client.answer('parameter') { [JobLog.create!(id: 7, status: 'syncfy:501').reload.values_at(:id, :status)] }
client.answer('parameter') { [[JobLog.create!(id: 8, history: %w[syncfy:100 syncfy:501]).id]] }
client.answer('label') { ids(SyncJob.where(category: 'connection')) }
client.answer('label') { ids(SyncJob.where(category: %w[connection mfa])) }
client.answer('label') { ids(SyncJob.where('code_category(status) = ?', 'connection')) }
client.answer('label') { ids(SyncJob.where('in_category(status, ?)', 'connection')) }
client.answer('label') { ids(SyncJob.where(action: 'retry')) }
client.answer('label') { [JobLog.create!(id: 9, category: 'connection').reload.values_at(:id, :category)] }
client.answer('array') { SyncJob.where(id: 1).pluck(:history).map { |history| [history] } }
client.answer('error') { JobLog.create!(id: 10, status: 'Locked') }
client.answer('string') { ids(SyncJob.where(id: 1).where('is_retryable(?)', 'syncfy:501')) }
client.answer('malformed') { ids(SyncJob.where(status: 'Locked')) }
client.answer('list') { ids(SyncJob.where('history @> ARRAY[?]', ['syncfy:501'])) }
puts "COPY\t-"
puts "binary\t-"
client.answer('introspection') do
  dump = StringIO.new
  if ActiveRecord::Base.respond_to?(:connection_pool) && ActiveRecord::VERSION::MAJOR > 7 || ActiveRecord.version >= Gem::Version.new('7.2')
    ActiveRecord::SchemaDumper.dump(ActiveRecord::Base.connection_pool, dump)
  else
    ActiveRecord::SchemaDumper.dump(CONNECTION, dump)
  end
  dump.string[/Could not dump table "sync_jobs"/] || dump.string[/"status".*/] || 'nothing'
end
