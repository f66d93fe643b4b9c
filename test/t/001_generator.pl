# The generator refuses a wrong catalog with file, line and reason, and then writes nothing.

use strict;
use warnings;

use File::Temp qw(tempdir);
use Test::More;

# prove runs in the top of the source tree.
my $generator = 'src/catalog/generate.pl';
my $dir = tempdir(CLEANUP => 1);

my $labels = <<'END';
category progress
category success   # a comment
category request
action none
action retry
action fix_request
END

my $messages = <<"END";
message all-well   # a comment
en All is well.
es Todo est\xc3\xa1 bien, ma\xc3\xb1ana tambi\xc3\xa9n.

message broken
en Something broke.
es Algo se rompi\xc3\xb3.
END

# Two providers that are as they should be.
my $numbers = <<'END';
provider alpha numbers 1

document alpha-old 2020-01-31
document alpha-new 2021-02-28
class 1 progress no
class 2 success yes

code 100
category    progress      # "words" of the document
action      none
retryable   no
terminal    no
stage       2.1
user_message all-well
row alpha-old | Section | Old | - | Old text # with a sharp, "quotes", a \ and ??= in it.
row alpha-new | Section | New | - | New text.

code 200
category    success
action      none
retryable   no
terminal    yes
user_message all-well
row alpha-old | Section | Gone | - | -

code 201
category    success
action      none
retryable   no
terminal    yes
deprecated  yes
user_message all-well
vendor Own | - | Our own words # with a sharp.
variant special
category    request
action      fix_request
retryable   no
terminal    yes
user_message broken
vendor - | Special | A special meaning.
END
my $slugs = <<'END';
provider beta slugs 2
document beta -

code broken
image       1
category    request
action      retry
retryable   yes
retry_after 15 min
terminal    yes
user_message broken
row beta | - | - | Broken | It is broken.

code twofold
image       2
user_message broken
variant first
image       3
category    request
action      retry
retryable   yes
delay       10 min
terminal    yes
user_message broken
row beta | - | - | First | First meaning.
variant second
image       4
category    request
action      fix_request
retryable   no
terminal    yes
user_message all-well
row beta | - | - | Second | Second meaning.
END

# Runs the generator on files of these names and contents, the labels and messages first. Returns its exit code, stdout and stderr.
sub generate
{
	my (@files) = @_;
	my @paths;
	while (my ($name, $content) = splice @files, 0, 2)
	{
		push @paths, "$dir/$name";
		write_file($paths[-1], $content) if defined $content;
	}
	system("'$^X' '$generator' @{[ map { \"'$_'\" } @paths ]} >'$dir/out' 2>'$dir/err'");
	return ($? >> 8, read_file("$dir/out"), read_file("$dir/err"));
}

sub write_file
{
	my ($path, $content) = @_;
	open my $out, '>:raw', $path or die "$path: $!";
	print $out $content;
	close $out or die "$path: $!";
	return;
}

sub read_file
{
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!";
	local $/ = undef;
	return scalar <$in> // '';
}

# The line of a text's first occurrence of a part, counted from 1.
sub line_of
{
	my ($content, $part) = @_;
	my $at = index $content, $part;
	die "no \"$part\"" if $at < 0;
	return 1 + (substr($content, 0, $at) =~ tr/\n//);
}

# Are the good files, one of them changed from $old to $new, refused at the line where $at then stands, for a
# reason like $reason? $new stands for $at where that is not given.
sub refuses
{
	my ($name, $which, $old, $new, $reason, $at) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my %content = (labels => $labels, messages => $messages, alpha => $numbers, beta => $slugs);
	my $place = index $content{$which}, $old;
	die "$name: no \"$old\"" if $place < 0;
	substr $content{$which}, $place, length $old, $new;
	my $line = line_of($content{$which}, $at // $new);

	my ($status, $out, $err) =
	  generate(map { ("$_.txt", $content{$_}) } qw(labels messages alpha beta));
	subtest $name => sub {
		isnt($status, 0, 'fails');
		ok($out eq '', 'writes nothing');
		like($err, qr/\A\Q$dir\E\/$which\.txt:$line: .*$reason.*\n\z/, 'says where and why');
	};
	return;
}

# ---- Good files ----

my ($status, $out, $err) = generate('labels.txt', $labels, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $slugs);
is($status, 0, 'good files pass');
is($err, '', 'and nothing is complained of');
like($out, qr/^#define CATALOG_CODES 8$/m, 'all codes are there');
like($out, qr/"New text\."/, 'a text is there');
like($out, qr/"First meaning\. \| Second meaning\."/, 'several meanings are joined');
like($out, qr/"Old text # with a sharp, \\"quotes\\", a \\\\ and \\\?\\\?= in it\."/, 'a text is written as it is');
like($out, qr/"Our own words # with a sharp\."/, 'a text of ours is there');
like($out, qr/"ma\\303\\261ana|est\\303\\241 bien, ma\\303\\261ana/, 'a message is written in UTF-8');
unlike($out, qr/"words"/, 'comments are gone');
my ($digest) = $out =~ /CATALOG_DIGEST (\S+)/;

# The order of the files doesn't matter for what the codes mean: blocks do.
my ($status2, $out2) = generate('labels.txt', undef, 'messages.txt', undef, 'beta.txt', undef, 'alpha.txt', undef);
is($status2, 0, 'the files may come in any order');
my ($codes, $codes2) = map { [ /^\t\{("\w+:[^"]*")/mg ] } $out, $out2;
is(scalar @$codes, 8, 'codes are listed');
is_deeply($codes2, $codes, 'in the same order');

# A comment changes no answer, and a text does: servers compare this digest.
my ($comment) = (generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', "# a comment\n\n$numbers", 'beta.txt', undef))[1] =~ /CATALOG_DIGEST (\S+)/;
is($comment, $digest, 'a comment leaves the digest as it is');
my ($text) = (generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', $numbers =~ s/New text/New words/r, 'beta.txt', undef))[1] =~ /CATALOG_DIGEST (\S+)/;
isnt($text, $digest, 'another text changes it');
my ($message) = (generate('labels.txt', undef, 'messages.txt', $messages =~ s/All is well/All went well/r, 'alpha.txt', $numbers, 'beta.txt', undef))[1] =~ /CATALOG_DIGEST (\S+)/;
isnt($message, $digest, 'and so does another message');

# Accented letters in comments are nobody's business.
($status) = generate('labels.txt', undef, 'messages.txt', undef, 'alpha.txt', "# caf\xc3\xa9\n$numbers", 'beta.txt', undef);
is($status, 0, 'comments may hold anything');

# The catalog itself.
my @catalog = sort glob 'src/catalog/*.txt';
is( system(
		"'$^X' '$generator' src/catalog/labels.txt src/catalog/messages.txt @{[ grep { !/labels|messages/ } @catalog ]} "
		  . ">'$dir/out' 2>'$dir/err'"),
	0, 'the catalog passes');
is(read_file("$dir/err"), '', 'and nothing is complained of');

# ---- Bad files ----

# labels.txt
refuses('an unknown kind of label', 'labels', 'action none', 'colour none', 'expected "category" or "action", found "colour"');
refuses('a malformed label', 'labels', 'action none', 'action None', 'malformed label "None"');
refuses('a label of two words', 'labels', 'action none', 'action no thing', 'malformed label "no thing"');
refuses('a duplicate label', 'labels', 'action retry', 'action none', 'duplicate action "none"', "action none\naction fix");

# messages.txt
refuses('a malformed message', 'messages', 'message broken', 'message Broken', 'malformed message "Broken"');
refuses('a message twice', 'messages', 'message broken', 'message all-well', 'duplicate message "all-well"', "message all-well\nen Something");
refuses('a message of two words', 'messages', 'message broken', 'message is broken', 'expected 1 words');
refuses('an unknown language', 'messages', 'en Something', 'fr Something', 'unknown keyword "fr"');
refuses('a language twice', 'messages', 'en Something', "en Some\nen Something", 'duplicate en of message "broken"', 'en Something');
refuses('a message without English', 'messages', "en Something broke.\n", '', 'message "broken" lacks en', 'message broken');
refuses('a message without Spanish', 'messages', "es Algo se rompi\xc3\xb3.\n", '', 'message "broken" lacks es', 'message broken');
refuses('a text before any message', 'messages', 'message all-well', 'en All', 'stands after its message');
refuses('an empty message', 'messages', 'en Something broke.', 'en ', 'empty text', "en \n");
refuses('a message with two blanks', 'messages', 'Something broke', 'Something  broke', 'double space');
refuses('a message that is too long', 'messages', 'Something broke', 'Something broke' x 12, 'longer than 160 bytes');
refuses('English beyond ASCII', 'messages', 'Something broke', "Something \xe2\x80\x99s broken", 'not plain ASCII');
refuses('Spanish with letters of another language', 'messages', "rompi\xc3\xb3", "rompi\xc3\xa7", 'not plain ASCII');
refuses('Spanish with an opening mark', 'messages', 'Algo', "\xc2\xbfAlgo", 'not plain ASCII');
refuses('Spanish that is no UTF-8', 'messages', "rompi\xc3\xb3", "rompi\xf3", 'not plain ASCII');
refuses('a message of no code', 'messages', 'message broken', "message spare\nen Spare.\nes Sobra.\nmessage broken", 'no code has message "spare"', 'message spare');
refuses('an unknown message', 'alpha', 'user_message all-well', 'user_message unwell', 'unknown message "unwell"');

# a provider that came after the images were settled
{
	(my $later = $slugs) =~ s/slugs 2/slugs -/;
	$later =~ s/^image .*\n//mg;
	my ($status, $out, $err) = generate('labels.txt', $labels, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $later);
	is("$status$err", '0', 'a provider without block is taken');
	like($out, qr/\{"beta:broken",.*CATALOG_NO_SLOT\}/, 'and its codes have no images');
	unlike($out, qr/\{"beta", /, 'and it is none of those that have');
}

# a code whose variants are all the vendor's is the vendor's, too
{
	my $meaning = "category request\naction none\nretryable no\nterminal yes\nuser_message broken\nvendor - | - | A meaning.\n";
	my $ours = "$slugs\ncode ours\nuser_message broken\nvariant one\n${meaning}variant other\n$meaning";
	my ($status, $out, $err) = generate('labels.txt', $labels, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $ours);
	is("$status$err", '0', 'a code that has but variants of the vendor is taken');
	like($out, qr/\{"beta:ours", .*, true, 2, CATALOG_NO_SLOT\}/, 'and is the vendor\'s');
	like($out, qr/\{"beta:twofold", .*, false, 2, /, 'unlike one of a document');
}

# one category more than there are bits for
{
	my $many = $labels . join '', map { "category c$_\n" } 'a' .. 'p';
	my ($status, $out, $err) = generate('labels.txt', $many, 'messages.txt', $messages, 'alpha.txt', $numbers, 'beta.txt', $slugs);
	isnt($status, 0, 'too many categories are refused');
	like($err, qr/labels\.txt:\d+: there are 15 of a kind at most/, 'with the place and the reason');
}

# the head of a provider's file
refuses('a second provider in a file', 'alpha', 'class 1', "provider gamma numbers 3\nclass 1", 'one provider', 'provider gamma');
refuses('a malformed provider', 'alpha', 'provider alpha', 'provider Alpha', 'malformed provider "Alpha"');
refuses('a provider whose numbers are too long', 'alpha', 'provider alpha', 'provider ' . 'a' x 123, 'may be longer than 126 bytes', 'provider a');
refuses('a provider of something else', 'beta', 'provider beta slugs', 'provider beta words', 'expected "numbers" or "slugs", found "words"');
refuses('a provider without block', 'beta', 'provider beta slugs 2', 'provider beta slugs', 'expected 3 words');
refuses('numbers without block', 'alpha', 'numbers 1', 'numbers -', 'numbers need a block');
refuses('a block that is no number', 'beta', 'slugs 2', 'slugs x', 'found "x"');
refuses('block 0', 'alpha', 'numbers 1', 'numbers 0', 'from 1 to 63, found "0"');
refuses('a block that is too large', 'beta', 'slugs 2', 'slugs 64', 'from 1 to 63, found "64"');
refuses('a block that is taken', 'beta', 'slugs 2', 'slugs 1', 'block 1 is taken');
refuses('blocks that are not in the order of the names', 'beta', 'provider beta', 'provider aa', 'order of the providers\' names');
refuses('one name for two providers', 'beta', 'provider beta', 'provider alpha', 'order of the providers\' names');
refuses('something before the provider', 'alpha', 'provider alpha numbers 1', "code 100\nprovider alpha numbers 1", 'names the provider', 'code 100');
refuses('a document twice', 'alpha', 'document alpha-new', 'document alpha-old', 'duplicate document "alpha-old"', 'document alpha-old 2021');
refuses('one document of two providers', 'beta', 'document beta', 'document alpha-old', 'duplicate document "alpha-old"');
refuses('a document without date', 'beta', 'document beta -', 'document beta', 'expected 2 words');
refuses('a date in another form', 'alpha', '2021-02-28', '28.2.2021', 'malformed date');
refuses('a date that is none', 'alpha', '2021-02-28', '2021-02-30', 'date');
refuses('documents that are not oldest first', 'alpha', '2021-02-28', '2019-02-28', '');
refuses('a class of words', 'beta', 'document beta -', "document beta -\nclass 1 progress no", 'only numbers have classes', 'class 1');
refuses('a class that is none', 'alpha', 'class 2', 'class 6', 'from 1 to 5, found "6"');
refuses('a class twice', 'alpha', 'class 2', 'class 1', 'duplicate class 1', 'class 1 success');
refuses('a class of an unknown category', 'alpha', 'class 2 success', 'class 2 successful', 'unknown category "successful"; there are: progress, success, request');
refuses('a class that neither ended nor goes on', 'alpha', 'class 2 success yes', 'class 2 success perhaps', 'expected yes or no, found "perhaps"');

# codes and variants
refuses('a code twice', 'alpha', 'code 200', 'code 100', 'duplicate code "alpha:100"', "code 100\ncategory    success");
refuses('a variant twice', 'beta', 'variant second', 'variant first', 'duplicate code "beta:twofold/first"', "variant first\nimage       4");
refuses('a malformed code', 'beta', 'code broken', 'code bro/ken', 'malformed code "bro/ken"');
refuses('a code of two words', 'beta', 'code broken', 'code bro ken', 'expected 1 words');
refuses('a code without name', 'beta', 'code broken', 'code', 'expected 1 words', "code\n");
refuses('a code that begins with a sign', 'beta', 'code broken', 'code -broken', 'malformed code "-broken"');
refuses('a code that is too long', 'beta', 'code broken', 'code ' . 'b' x 122, 'longer than 126 bytes');
refuses('a malformed variant', 'beta', 'variant first', 'variant fir:st', 'malformed variant "fir:st"');
refuses('a variant before any code', 'beta', 'code broken', 'variant broken', 'a variant stands after its code');
refuses('a number with a leading zero', 'alpha', 'code 200', 'code 0200', 'numbers from 0 to 999, not "0200"');
refuses('a number that is too large', 'alpha', 'code 200', 'code 2000', 'numbers from 0 to 999, not "2000"');
refuses('a word among numbers', 'alpha', 'code 200', 'code two', 'numbers from 0 to 999, not "two"');
refuses('an attribute before any code', 'alpha', 'class 1', "terminal no\nclass 1", '"terminal" stands after its code', 'terminal no');
refuses('an unknown keyword', 'alpha', 'terminal    yes', 'terminate   yes', 'unknown keyword "terminate"');

# images
refuses('an image twice', 'beta', 'image       2', 'image       1', 'duplicate image 1: "beta:broken" has it', "image       1\nuser_message broken\nvariant");
refuses('image 0', 'beta', 'image       1', 'image       0', 'from 1 to 1023, found "0"');
refuses('an image that is too large', 'beta', 'image       1', 'image       1024', 'from 1 to 1023, found "1024"');
refuses('an image that is no number', 'beta', 'image       1', 'image       one', 'found "one"');
refuses('a second image', 'beta', 'image       1', "image       1\nimage       9", 'has an image already', 'image       9');
refuses('an image of a number', 'alpha', "code 200\n", "code 200\nimage 5\n", 'image by arithmetic', 'image 5');
refuses('an image of a number\'s variant', 'alpha', "code 200\n", "code 200\nvariant x\nimage 5\n", 'a number has no images for its variants', 'image 5');
refuses('an image of a provider without block', 'beta', 'slugs 2', 'slugs -', 'without a block has no images', 'image       1');

# attributes
refuses('an unknown category', 'alpha', 'category    success', 'category    sucess', 'unknown category "sucess"');
refuses('an unknown action', 'alpha', 'action      none', 'action      nothing', 'unknown action "nothing"; there are: none, retry, fix_request');
refuses('a category for an action', 'alpha', 'action      none', 'action      success', 'unknown action "success"');
refuses('neither yes nor no', 'alpha', 'retryable   no', 'retryable   maybe', 'expected yes or no, found "maybe"');
refuses('an attribute without value', 'alpha', 'retryable   no', 'retryable', 'expected yes or no', "retryable\n");
refuses('an attribute twice', 'alpha', 'retryable   no', "retryable   no\nretryable   yes", 'duplicate retryable of "alpha:100"', 'retryable   yes');
for my $attribute (qw(category action retryable terminal user_message))
{
	$numbers =~ /^code 100\n(?:.*\n)*?($attribute +.*\n)/m or die;
	refuses("a code without $attribute", 'alpha', $1, '', "\"alpha:100\" lacks $attribute", 'code 100');
}
refuses('a wait without unit', 'beta', '15 min', '15', 'expected 2 words');
refuses('a wait of an unknown unit', 'beta', '15 min', '15 d', 'expected s, min or h, found "d"');
refuses('a wait of nothing', 'beta', '15 min', '0 min', 'from 1 to 999, found "0"');
refuses('a wait that is no whole number', 'beta', '15 min', '1.5 min', 'found "1.5"');
refuses('a wait of what is not retryable', 'beta', 'retryable   yes', 'retryable   no', 'names a wait, but is not retryable', 'code broken');

refuses('a delay of what is not retryable', 'beta', "retryable   no\n", "retryable   no\ndelay 5 min\n", 'names a wait, but is not retryable', 'variant second');
refuses('two waits', 'beta', 'retry_after 15 min', "retry_after 15 min\ndelay 5 min", 'has both retry_after and delay', 'code broken');
refuses('a delay of parts of a minute', 'beta', '10 min', '90 s', 'expected whole minutes, found "90 s"');
refuses('a malformed stage', 'alpha', 'stage       2.1', 'stage       2.10', 'found "2.10"');
refuses('stage 0', 'alpha', 'stage       2.1', 'stage       0', 'found "0"');
refuses('a stage of what has ended', 'alpha', "stage       2.1\n", "stage 2\nterminal yes\n", 'duplicate terminal', "terminal yes");
refuses('a stage after the end', 'alpha', "code 200\n", "code 200\nstage 3\n", 'has a stage, but is terminal', 'code 200');

# rows
refuses('a row of an unknown document', 'beta', 'row beta', 'row gamma', 'has no document "gamma"');
refuses('a row of another provider\'s document', 'beta', 'row beta', 'row alpha-new', 'has no document "alpha-new"');
refuses('a row with too few texts', 'beta', 'row beta | - | - | Broken', 'row beta | - | Broken', 'expected: row DOCUMENT');
refuses('a row with too many texts', 'beta', 'row beta | - | - | Broken', 'row beta | - | - | - | Broken', 'expected: row DOCUMENT');
refuses('a row without texts', 'beta', 'row beta | - | - | Broken | It is broken.', 'row beta', 'expected: row DOCUMENT', "row beta\n");
refuses('an empty text', 'beta', '| Broken | It', '|  | It', '', 'row beta');
refuses('an empty text at the end', 'beta', '| It is broken.', '| ', '', 'row beta');
refuses('no text at the end', 'beta', '| It is broken.', '|', '', 'row beta');
refuses('a document without name', 'beta', 'row beta | - | - | Broken', 'row - | - | - | Broken', 'has no document "-"');
refuses('texts of ours for a code that a document has', 'beta', 'row beta | - | - | Broken | It', "vendor - | - | It\nrow beta | - | - | Broken | It",
	'has both row and vendor', 'code broken');
refuses('a code that is said not to be deprecated', 'alpha', 'deprecated  yes', 'deprecated  no', 'expected yes, found "no"');
refuses('texts of ours twice', 'alpha', 'vendor - | Special', "vendor - | - | X\nvendor - | Special", 'duplicate vendor', 'vendor - | Special');
refuses('texts of ours that are too few', 'alpha', 'vendor - | Special | A', 'vendor Special | A', 'expected: vendor NAME');
refuses('no description', 'alpha', '| A special meaning.', '| -', 'a description is missing', 'vendor - | Special');
refuses('a documented code said to be deprecated', 'beta', "retryable   yes\n", "retryable   yes\ndeprecated yes\n",
	'the documents say whether it is deprecated', 'code broken');
refuses('a text with two blanks', 'beta', 'It is broken.', 'It is  broken.', 'double space');
refuses('a text beyond ASCII', 'beta', 'It is broken.', "It isn\xe2\x80\x99t whole.", 'not plain ASCII');
refuses('a text with a tab', 'beta', 'It is broken.', "It\tis broken.", 'not plain ASCII');
refuses('a label beyond ASCII', 'beta', 'category    request', "category    requ\xc3\xaate", 'not plain ASCII');

# meanings
refuses('a code without rows', 'alpha', "row alpha-old | Section | Gone | - | -\n", '', 'has neither row, vendor nor two variants', 'code 200');
refuses('a code with one variant and no rows', 'beta', 'variant second', 'code second', 'has neither row, vendor nor two variants', 'code twofold');
refuses('a code that decides for its variants', 'beta', "image       2\n", "image       2\ncategory    request\n",
	'its variants decide', 'code twofold');
refuses('a code whose variants have different messages', 'beta', "image       2\nuser_message broken\n", "image       2\n",
	'lacks user_message: its variants', 'code twofold');
refuses('a variant without rows', 'beta', "row beta | - | - | Second | Second meaning.\n", '', 'has neither row, vendor nor two variants', 'variant second');

# ---- Files that are no catalog ----

for my $case (
	[ 'an empty file', 'empty.txt', '', qr/empty\.txt: no provider/ ],
	[ 'a file of comments', 'comments.txt', "# nothing\n\n", qr/comments\.txt: no provider/ ],
	[ 'a file that is not there', 'missing.txt', undef, qr/missing\.txt/ ])
{
	my ($name, $file, $content, $reason) = @$case;
	my ($status, $out, $err) = generate('labels.txt', $labels, 'messages.txt', $messages, 'alpha.txt', $numbers, $file, $content);
	subtest $name => sub {
		isnt($status, 0, 'fails');
		ok($out eq '', 'writes nothing');
		like($err, $reason, 'says why');
	};
}
for my $case ([ 'no file at all' ], [ 'labels alone', 'labels.txt', $labels ],
	[ 'no provider', 'labels.txt', $labels, 'messages.txt', $messages ])
{
	my ($name, @files) = @$case;
	my ($status, $out, $err) = generate(@files);
	subtest $name => sub {
		isnt($status, 0, 'fails');
		ok($out eq '', 'writes nothing');
		like($err, qr/usage/, 'says how');
	};
}

done_testing();
