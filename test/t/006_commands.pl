# The commands that everybody tries first: where they cannot work they end with one sentence, and none leaves its reader
# without a word for ten seconds. What needs a bare machine is in CONTRIBUTING.md, under A release.
use strict;
use warnings;

use IO::Select;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $dir = PostgreSQL::Test::Utils::tempdir;

# What a script of bash prints and complains of, and its exit code. Its words are found in $1, $2 and so on.
sub bash
{
	my ($script, @words) = @_;
	my ($stdout, $stderr);
	my $ran = IPC::Run::run [ 'bash', '-euc', $script, '-', @words ], '>', \$stdout, '2>', \$stderr;
	return ($stdout, $stderr, $? >> 8);
}

# ---- The release ----

sub release
{
	my (%fields) = @_;
	open my $file, '>', "$dir/os-release" or die "$dir/os-release: $!";
	print $file map { qq($_="$fields{$_}"\n) } keys %fields;
	close $file or die "$dir/os-release: $!";
	return "$dir/os-release";
}

# The functions of debian.sh without what it does when it is read.
my $functions = 'eval "$(sed "/^choose_major /,\$d" test/lib/debian.sh | sed "s,^lib=.*,lib=test/lib,")"; ';

for ([ 12, 15 ], [ 13, 17 ])
{
	my ($debian, $major) = @$_;
	my ($stdout, $stderr, $code) = bash("$functions choose_major \$1; echo \$major",
		release(ID => 'debian', VERSION_ID => $debian, PRETTY_NAME => "Debian $debian"));
	is("$stdout$stderr$code", "$major\n0", "Debian $debian has PostgreSQL $major");
}
for ([ 'Ubuntu 24.04', ID => 'ubuntu', ID_LIKE => 'debian', VERSION_ID => '24.04' ],
	[ 'Fedora Linux 42', ID => 'fedora', VERSION_ID => 42 ],
	[ 'Debian 11', ID => 'debian', VERSION_ID => 11 ],
	[ 'Debian sid', ID => 'debian' ])
{
	my ($name, %fields) = @$_;
	my ($stdout, $stderr, $code) = bash("$functions choose_major \$1; echo on", release(%fields, PRETTY_NAME => $name));
	is($stdout, '', "nothing is done on $name");
	is($stderr, "This runs on Debian 12 and 13, not on $name; the Dockerfile builds an image anywhere.\n", 'one sentence says so');
	is($code, 1, 'the exit code as well');
}
my ($stdout, $stderr, $code) = bash("$functions choose_major \$1", "$dir/none");
like($stderr, qr{\A[^\n]* not on a system without /etc/os-release;[^\n]*\n\z}, 'a system without os-release');
is($code, 1, 'the exit code');

# ---- Rights ----

# A program that stands in for sudo.
sub fake_sudo
{
	my ($body) = @_;
	open my $file, '>', "$dir/sudo" or die "$dir/sudo: $!";
	print $file "#!/bin/sh\n$body\n";
	close $file or die "$dir/sudo: $!";
	chmod 0755, "$dir/sudo" or die "$dir/sudo: $!";
	return;
}

my $install = "$functions PATH=\$1:\$PATH; sudo=(sudo -n) packages=(no-such-package-here); install_packages; echo on";
fake_sudo('echo "sudo: a password is required" >&2; exit 1');
($stdout, $stderr, $code) = bash($install, $dir);
is($stdout, '', 'nothing is done without sudo');
is($stderr, 'Packages are missing (no-such-package-here): run this as root or as a user who may use sudo, or have them installed '
	  . "first.\n", 'one sentence says so');
is($code, 1, 'the exit code as well');

fake_sudo('touch "$0.called"');
($stdout, $stderr, $code) = bash("$functions PATH=\$1:\$PATH; sudo=(sudo -n) packages=(dpkg); install_packages; echo on", $dir);
is("$stdout$stderr$code", "on\n0", 'where nothing is missing the work goes on');
ok(!-e "$dir/sudo.called", 'and sudo is not asked');

# ---- Words ----

# Runs scripts side by side. Returns for each the longest silence in what it prints, that, and its exit code.
sub silences
{
	my (%scripts) = @_;
	my ($open, %name, %last, %result) = (IO::Select->new);
	for my $name (keys %scripts)
	{
		open my $out, '-|', 'bash', '-euc', ". test/lib/progress.sh; $scripts{$name}" or die "bash: $!";
		$open->add($out);
		($name{$out}, $last{$name}, $result{$name}) = ($name, time, [ 0, '', undef ]);
	}
	while ($open->count)
	{
		for my $out ($open->can_read)
		{
			my $name = $name{$out};
			my $result = $result{$name};
			my $read = sysread $out, $result->[1], 4096, length $result->[1];
			my $silence = time - $last{$name};
			$result->[0] = $silence if $silence > $result->[0];
			$last{$name} = time;
			next if $read;
			$open->remove($out);
			close $out;
			$result->[2] = $? >> 8;
		}
	}
	return %result;
}

my %said = silences(
	long => '(printf one; sleep 11; echo " ok"; echo two) | pass_on',
	between => '(echo "one   ok"; sleep 9) | pass_on',
	prefixed => '(echo one; printf two; sleep 9) | pass_on "kind: "',
	step => 'with_progress building bash -c "sleep 9; exit 3"',
	messages => '(for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 1; done) | report_progress begin',
	parts => '(printf one; sleep 2; printf two; sleep 4; echo) | report_progress begin');
cmp_ok($said{$_}[0], '<', 10, "$_: not silent") for sort keys %said;

is($said{long}[1] =~ s/^  \(\d+ s: one\)\n//mgr, "one ok\ntwo\n", 'what a long test waits for is said, and all lines are passed on');
like($said{long}[1], qr/^  \(\d+ s: one\)$/m, 'with the time that it has taken');
like($said{between}[1], qr/\Aone   ok\n  \(\d+ s: after one ok\)\n\z/, 'before its line begins, the line before is named');
like($said{prefixed}[1], qr/\Akind: one\nkind:   \(\d+ s: two\)\nkind: two\n\z/, 'lines say which kind of tests they are of');
like($said{step}[1], qr/\A(?:  building\n)+\z/, 'a long step says what it is at');
is($said{step}[2], 3, 'its exit code is kept');
like($said{messages}[1], qr/\A(?:  [1-9]\n){1,4}\z/, 'few of many messages are printed');
like($said{parts}[1], qr/\A(?:  onetwo\n)+\z/, 'and none without its beginning');

done_testing();
