# A session of psql, which runs scripts and gives what their statements printed.
package Session;

use strict;
use warnings;

use IO::Handle;
use IPC::Open2 qw(open2);

use constant SEPARATOR => "\x1f";

# Starts psql with files named NAME.* in a directory. The options are those of PGOPTIONS.
sub new
{
	my ($class, $name, $directory, $options) = @_;
	my $self = bless { name => $name, file => "$directory/$name", error_at => 0 }, $class;
	local $ENV{PGOPTIONS} = "-c client_min_messages=warning $options";
	open my $stderr, '>&', \*STDERR or die "STDERR: $!\n";
	open STDERR, '>', "$self->{file}.err" or die "$self->{file}.err: $!\n";
	$self->{pid} = open2($self->{out}, $self->{in}, 'psql', '-XAtq', '-F', SEPARATOR, '-P', 'null=(null)');
	open STDERR, '>&', $stderr or die "STDERR: $!\n";
	$self->{in}->autoflush(1);
	return $self;
}

# Sends a script off.
sub start
{
	my ($self, $script) = @_;
	open my $file, '>', "$self->{file}.sql" or die "$self->{file}.sql: $!\n";
	print {$file} $script;
	close $file or die "$self->{file}.sql: $!\n";
	# \o closes the file, so that all is in it when the shell says so.
	print { $self->{in} } "\\o '$self->{file}.out'\n\\i '$self->{file}.sql'\n\\o\n\\! echo done\n";
	return;
}

# Waits until the script has run, and gives the lines that it printed.
sub finish
{
	my ($self) = @_;
	my $line = readline $self->{out};
	die "$self->{name}: the session ended\n" . $self->errors unless defined $line && $line eq "done\n";
	open my $file, '<', "$self->{file}.out" or die "$self->{file}.out: $!\n";
	chomp(my @lines = <$file>);
	close $file or die "$self->{file}.out: $!\n";
	return \@lines;
}

# Runs a script in which no statement may fail.
sub run
{
	my ($self, $script) = @_;
	$self->errors;
	$self->start($script);
	my $lines = $self->finish;
	my $errors = $self->errors;
	die "$self->{name}: $errors" if $errors =~ /(?:ERROR|FATAL|PANIC):/;
	return $lines;
}

# What was written to psql's standard error since the last call.
sub errors
{
	my ($self) = @_;
	open my $file, '<', "$self->{file}.err" or die "$self->{file}.err: $!\n";
	seek $file, $self->{error_at}, 0;
	my $errors = do { local $/ = undef; <$file> } // '';
	$self->{error_at} = tell $file;
	close $file or die "$self->{file}.err: $!\n";
	return $errors;
}

sub end
{
	my ($self) = @_;
	close $self->{in};
	waitpid $self->{pid}, 0;
	return;
}

1;
