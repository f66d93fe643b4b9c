# The library of the sources in the current directory, compiled again where a source has changed, and installed.
package Library;

use strict;
use warnings;

use File::Compare qw(compare);
use File::Copy qw(copy);
use File::Path qw(make_path);

# What makes no sense to test. All other warnings are off: a mutant may have them.
use constant FLAGS => qw(-w -Werror=int-conversion -Werror=incompatible-pointer-types -Werror=implicit-function-declaration
	-Werror=return-type);

# "make" has the words that begin every make, "installed" is the path that the server loads the library from. The library has been
# built, without numbers of lines, so that code can be compared.
# The generated tables are not among the sources.
sub new
{
	my ($class, %self) = @_;
	my $self = bless \%self, $class;
	make_path('mutation/original', 'mutation/objects', 'mutation/new');
	$self->{compile} = $self->command_for('src/ref.o', qr/ -c /);
	$self->{link} = $self->command_for('provider_codes.so', qr/ -shared /);
	for my $file (grep { $_ ne 'src/catalog_data.h' } glob 'src/*.[ch]')
	{
		open my $in, '<:raw', $file or die "$file: $!\n";
		local $/ = undef;
		$self->{source}{$file} = <$in>;
		close $in or die "$file: $!\n";
		$self->{uses}{$file} = [ grep { -e } map { "src/$_" } $self->{source}{$file} =~ /^\s*#\s*include\s*"([^"]+)"/mg ];
	}
	for my $object (map { object($_) } grep { /\.c\z/ } $self->files)
	{
		put("src/$object", "mutation/$_/$object") for qw(original objects);
	}
	$self->prepare('src/ref.c', $self->text('src/ref.c')) == 0 or die "The same source gives another object\n";
	return $self;
}

# The sources, and the text of one.
sub files { my @files = sort keys %{ $_[0]{source} }; return @files }
sub text { return $_[0]{source}{ $_[1] } }

sub object
{
	my ($file) = @_;
	return $file =~ s,\Asrc/(.*)\.c\z,$1.o,r;
}

# The command that make has for a target.
sub command_for
{
	my ($self, $target, $pattern) = @_;
	open my $out, '-|', @{ $self->{make} }, '-n', '-B', $target or die "make: $!\n";
	my @commands = grep { /$pattern/ } <$out>;
	close $out or die "make fails\n";
	die "make has no command for $target\n" unless @commands;
	return $commands[-1] =~ s/\s+\z//r;
}

# Compiles a source; whether that succeeds.
sub compile
{
	my ($self, $file, $object) = @_;
	my $flags = join q( ), FLAGS;
	my $command = $self->{compile} =~ s/ -o src\/ref\.o src\/ref\.c/ $flags -o $object $file/r;
	return system("exec $command 2>/dev/null") == 0;
}

# A file in place of another, which whoever uses that does not notice.
sub put
{
	my ($from, $to) = @_;
	copy($from, "$to.new") or die "$to: $!\n";
	rename "$to.new", $to or die "$to: $!\n";
	return;
}

# The C files that have a file in them.
sub compiled_with
{
	my ($self, $file) = @_;
	my %with = ($file => 1);
	my $before = 0;
	while (keys %with > $before)
	{
		$before = keys %with;
		for my $user ($self->files) { $with{$user} = 1 if grep { $with{$_} } @{ $self->{uses}{$user} } }
	}
	my @files = sort grep { /\.c\z/ } keys %with;
	return @files;
}

sub write_source
{
	my ($file, $text) = @_;
	open my $out, '>:raw', $file or die "$file: $!\n";
	print $out $text;
	close $out or die "$file: $!\n";
	return;
}

# Compiles the library with another text of a source. Nothing if the compiler refuses that, or how many objects have other code.
sub prepare
{
	my ($self, $file, $text) = @_;
	@$self{qw(file changed objects)} = ($file, $text, []);
	my $is_refused = 0;
	write_source($file, $text);
	for ($self->compiled_with($file))
	{
		my $object = object($_);
		last if $is_refused = !$self->compile($_, "mutation/new/$object");
		push @{ $self->{objects} }, $object if compare("mutation/new/$object", "mutation/original/$object") != 0;
	}
	write_source($file, $self->{source}{$file});
	return $is_refused ? undef : scalar @{ $self->{objects} };
}

# Puts the change that was prepared in, or takes it out again: in the sources and in the library that the server loads. A backend
# that runs keeps the library that it has.
sub put_in
{
	my ($self) = @_;
	return if $self->{is_in};
	$self->{is_in} = 1;
	write_source($self->{file}, $self->{changed});
	$self->install('new');
	return;
}

sub take_out
{
	my ($self) = @_;
	return unless $self->{is_in};
	$self->{is_in} = 0;
	write_source($self->{file}, $self->{source}{ $self->{file} });
	$self->install('original');
	return;
}

sub install
{
	my ($self, $which) = @_;
	put("mutation/$which/$_", "mutation/objects/$_") for @{ $self->{objects} };
	my $command = $self->{link} =~ s,src/(\w+\.o)\b,mutation/objects/$1,gr =~ s/ -o provider_codes\.so/ -o mutation\/provider_codes.so/r;
	system("exec $command") == 0 or die "The library cannot be linked\n";
	put('mutation/provider_codes.so', $self->{installed});
	return;
}

1;
