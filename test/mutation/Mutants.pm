# The mutants of a C source: the source with one small change each, as somebody might have written it by mistake.
#
# The changes are of tokens, so nothing needs to understand C. What the compiler refuses is no mutant after all, and what it
# makes the same code of is none either: that is for the caller to find out.
package Mutants;

use strict;
use warnings;

use Exporter qw(import);
our @EXPORT_OK = qw(mutants_of mutate);

my %swapped = (
	'<'  => [ '<=', '>=' ],
	'<=' => [ '<',  '>' ],
	'>'  => [ '>=', '<=' ],
	'>=' => [ '>',  '<' ],
	'==' => ['!='],
	'!=' => ['=='],
	'&&' => ['||'],
	'||' => ['&&'],
	'+=' => ['-='],
	'-=' => ['+='],
	'|=' => ['&='],
	'&=' => ['|='],
	'++' => ['--'],
	'--' => ['++'],
	'<<' => ['>>'],
	'>>' => ['<<'],
	'/'  => ['*'],
	'%'  => ['/'],
	'|'  => ['&'],
	'true'  => ['false'],
	'false' => ['true'],);
# These are something else where they are no binary operators.
my %swapped_binary = ('+' => ['-'], '-' => ['+'], '*' => ['+'], '&' => ['|']);

my $compares = qr/\A(?:[<>]=?|[=!]=)\z/;
my $assigns = qr/\A(?:[-+*\/%&|^]|<<|>>)?=\z/;
my $keyword = qr/\A(?:if|while|for|switch|return|sizeof|else|do|case|foreach\w*|offsetof|__typeof__)\z/;
my $is_symmetric = qr/\A(?:Min|Max|equal)\z/;
my $is_head = qr/\A(?:if|while|for|switch|foreach\w*)\z/;
my $number_type = qr/\b(?:u?int(?:8|16|32|64)?|Oid|Size|size_t|long|char|bits8)\z/;
my $float_type = qr/\b(?:double|float[48]?|Selectivity|Cost)\z/;

# Splits a source into tokens: their text, where they are, the depth of braces and of parentheses around them, whether they
# are in the body of a macro, and the type of the function that they are in. Comments, strings and other directives are left out.
sub tokens
{
	my ($source) = @_;
	my (@tokens, @before, $macro);
	my ($braces, $parens, $type, $next_type) = (0, 0, '', '');
	for ($source)
	{
		pos = 0;
		while (pos() < length)
		{
			if (/\G(?:[ \t]|\\\n)+/gc) { next }
			if (/\G\n/gc)
			{
				($braces, $parens) = @$macro if $macro;
				$macro = undef;
				next;
			}
			my $character = substr $_, pos, 1;
			if ($character eq '/' && m,\G/\*.*?\*/,gcs) { next }
			if ($character eq '#' && !$macro && /\G#[ \t]*define[ \t]+\w+(?:\([^)]*\))?/gc)
			{
				$macro = [ $braces, $parens ];
				($braces, $parens) = (0, 0);
				next;
			}
			if ($character eq '#' && !$macro && /\G#(?:[^\n\\]|\\\n|\\.)*/gc) { next }
			my $start = pos;
			my $kind = kind_of_token($character) // die 'no token';
			my $text = substr $_, $start, pos() - $start;
			$braces-- if $text eq '}';
			$parens-- if $text eq ')';
			push @tokens,
				{
				kind => $kind,
				text => $text,
				start => $start,
				end => pos(),
				braces => $braces,
				parens => $parens,
				macro => $macro ? 1 : 0,
				type => $braces > 0 ? $type : ''
				};
			# The words before a name and a parenthesis outside of all functions are the type of a function, if it is one.
			if ($braces == 0 && $parens == 0 && !$macro)
			{
				if ($text eq '(') { $next_type = join ' ', @before[ 0 .. $#before - 1 ] }
				if ($text =~ /\A[;}]\z/) { @before = () }
				elsif ($text eq '{') { ($type, @before) = ($next_type) }
				else { push @before, $text }
			}
			$braces++ if $text eq '{';
			$parens++ if $text eq '(';
		}
	}
	return \@tokens;
}

# Moves the position in $_ to the end of the token that begins there with a character, and gives the token's kind.
sub kind_of_token
{
	my ($character) = @_;
	if ($character eq '"') { return /\G"(?:[^"\\]|\\.)*"/gc ? 'string' : undef }
	if ($character eq q(')) { return /\G'(?:[^'\\]|\\.)+'/gc ? 'character' : undef }
	if ($character =~ /\d/) { return /\G(?:0[xX][0-9a-fA-F]+|\d+\.\d*(?:[eE][-+]?\d+)?|\d+)\w*/gc ? 'number' : undef }
	if ($character =~ /\w/) { return /\G\w+/gc ? 'name' : undef }
	return m{\G(?:<<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)}gcs ? 'operator' : undef;
}

# For each opening parenthesis or bracket the index of the closing one, and the other way round.
sub pairs
{
	my ($tokens) = @_;
	my (@open, %pair);
	for my $i (0 .. $#$tokens)
	{
		my $text = $tokens->[$i]{text};
		if ($text =~ /\A[(\[]\z/) { push @open, $i }
		elsif ($text =~ /\A[)\]]\z/ && @open)
		{
			my $opening = pop @open;
			@pair{ $opening, $i } = ($i, $opening);
		}
	}
	return \%pair;
}

# All mutants of a source, in the order of their places. Each has its place, "start" and "end", the text that it has there, and
# the kind of change.
sub mutants_of
{
	my ($source) = @_;
	my $tokens = tokens($source);
	my $pair = pairs($tokens);
	my @mutants;
	my $add = sub {
		my ($kind, $first, $last, $text) = @_;
		push @mutants, { kind => $kind, start => $tokens->[$first]{start}, end => $tokens->[$last]{end}, text => $text };
	};
	my $text_of = sub {
		my ($first, $last) = @_;
		return substr $source, $tokens->[$first]{start}, $tokens->[$last]{end} - $tokens->[$first]{start};
	};
	for my $i (0 .. $#$tokens)
	{
		mutate_token($tokens, $i, $add);
		mutate_statement($tokens, $i, $pair, $add, $text_of) if $tokens->[$i]{parens} == 0;
		mutate_condition($tokens, $i, $pair, $add, $text_of);
		mutate_call($tokens, $i, $pair, $add, $text_of);
	}
	@mutants = sort { $a->{start} <=> $b->{start} || $a->{end} <=> $b->{end} || $a->{text} cmp $b->{text} } @mutants;
	return @mutants;
}

# Operators and constants.
sub mutate_token
{
	my ($tokens, $i, $add) = @_;
	my ($kind, $text) = @{ $tokens->[$i] }{qw(kind text)};
	my $before = $i > 0 ? $tokens->[ $i - 1 ] : { kind => '', text => '' };
	my $after = $tokens->[ $i + 1 ] // { kind => '', text => '' };
	if ($kind eq 'number')
	{
		if ($text =~ /\A(\d+\.\d*)\z/) { $add->('constant', $i, $i, "($text + 1.0)") }
		elsif ($text =~ /\A(0[xX])?([0-9a-fA-F]+)([uUlL]*)\z/)
		{
			my ($value, $format) = ($1 ? hex $2 : $2, $1 ? '0x%x' : '%d');
			$add->('constant', $i, $i, sprintf("$format%s", $value + 1, $3));
			$add->('constant', $i, $i, sprintf("$format%s", $value - 1, $3)) if $value > 0;
		}
	}
	elsif ($kind eq 'character')
	{
		if ($text =~ /\A'([^'\\])'\z/ && $1 ne '&' && $1 ne '[') { $add->('constant', $i, $i, "'" . chr(ord($1) + 1) . "'") }
		elsif ($text eq q('\0')) { $add->('constant', $i, $i, q('\1')) }
	}
	elsif ($text eq '!') { $add->('boolean', $i, $i, '') }
	elsif ($swapped{$text})
	{
		my $what = $text =~ $compares ? 'comparison' : $text =~ /\A(?:&&|\|\|)\z/ ? 'boolean' : $kind eq 'name' ? 'constant' : 'operator';
		$add->($what, $i, $i, $_) for @{ $swapped{$text} };
	}
	elsif ($swapped_binary{$text}
		&& ($before->{kind} =~ /\A(?:name|number)\z/ || $before->{text} =~ /\A[)\]]\z/)
		&& $before->{text} !~ $keyword)
	{
		# A name and an asterisk or an ampersand are a declaration or a cast as well.
		return if $text eq '*' && $before->{kind} ne 'number' && $after->{kind} ne 'number';
		return if $text eq '&' && $before->{text} eq ')';
		$add->('operator', $i, $i, $_) for @{ $swapped_binary{$text} };
	}
	return;
}

# The index of the semicolon that ends the statement that begins at a token.
sub end_of_statement
{
	my ($tokens, $i) = @_;
	for my $j ($i .. $#$tokens)
	{
		next if $tokens->[$j]{parens} > $tokens->[$i]{parens};
		return $j if $tokens->[$j]{text} eq ';';
		return if $tokens->[$j]{text} =~ /\A[{}]\z/;
	}
	return;
}

# Statements that are left out, and other results.
sub mutate_statement
{
	my ($tokens, $i, $pair, $add, $text_of) = @_;
	my ($token, $before) = ($tokens->[$i], $i > 0 ? $tokens->[ $i - 1 ]{text} : '');
	return unless $token->{braces} > 0 && ($token->{kind} eq 'name' || $token->{text} =~ /\A(?:\*|\+\+|--)\z/);
	return
		unless $before =~ /\A(?:[;{}]|else|do)\z/
		|| $before eq ')' && $tokens->[ $pair->{ $i - 1 } - 1 ]{text} =~ $is_head
		|| $before eq ':';
	my $end = end_of_statement($tokens, $i) // return;
	my $next = $tokens->[ $i + 1 ]{text};
	if ($token->{text} =~ /\A(?:break|continue)\z/ || $token->{text} eq 'return' && $next eq ';')
	{
		$add->('statement', $i, $end, ';');
	}
	elsif ($token->{text} eq 'return')
	{
		mutate_result($add, $token->{type}, $i + 1, $end - 1, $text_of->($i + 1, $end - 1));
	}
	elsif ($token->{text} =~ /\APG_RETURN_(\w+)\z/ && $next eq '(' && $end - 1 == $pair->{ $i + 1 })
	{
		my $type = $1;
		return if $type =~ /\A(?:VOID|NULL)\z/;
		if ($type =~ /\A(?:BOOL|U?INT\d+|OID)\z/)
		{
			mutate_result($add, $type eq 'BOOL' ? 'bool' : 'int', $i + 2, $end - 2, $text_of->($i + 2, $end - 2));
		}
		else { $add->('result', $i, $end, 'PG_RETURN_NULL();') }
	}
	elsif ($token->{text} !~ $keyword && $token->{text} !~ /\A(?:typedef|static|const|struct|goto|default)\z/)
	{
		my $is_call = $next eq '(' && $end - 1 == $pair->{ $i + 1 };
		my $is_assignment = ($token->{kind} ne 'name' || $next =~ /\A(?:->|\.|\[|\+\+|--)\z/ || $next =~ $assigns)
			&& grep { $tokens->[$_]{parens} == 0 && $tokens->[$_]{text} =~ /\A(?:\+\+|--)\z|$assigns/ } $i .. $end;
		$add->('statement', $i, $end, ';') if $is_call || $is_assignment;
	}
	return;
}

# Another result of a function. Numbers, true, false and NULL alone are changed elsewhere, or not.
sub mutate_result
{
	my ($add, $type, $first, $last, $text) = @_;
	return if $text =~ /\A-?\d+\z|\A(?:true|false|NULL)\z/ || $first > $last;
	if ($type =~ /\bbool\z/) { $add->('result', $first, $last, "!($text)") }
	elsif ($type =~ /\*\z/) { $add->('result', $first, $last, 'NULL') }
	elsif ($type =~ $number_type) { $add->('result', $first, $last, "($text) + 1") }
	elsif ($type =~ $float_type) { $add->('result', $first, $last, "($text) * 2") }
	return;
}

# Conditions of if, while and "? :" that hold where they should not.
sub mutate_condition
{
	my ($tokens, $i, $pair, $add, $text_of) = @_;
	return unless $tokens->[$i]{text} =~ /\A(?:if|while)\z/ && defined $pair->{ $i + 1 };
	my ($first, $last) = ($i + 2, $pair->{ $i + 1 } - 1);
	# A comparison, alone or negated, is changed as such.
	return if $tokens->[$first]{text} eq '!' || $last == $first + 2 && $tokens->[ $first + 1 ]{text} =~ $compares;
	$add->('condition', $first, $last, '!(' . $text_of->($first, $last) . ')');
	return;
}

# Two neighbours among the arguments of a call in each other's place.
sub mutate_call
{
	my ($tokens, $i, $pair, $add, $text_of) = @_;
	my $token = $tokens->[$i];
	return unless $token->{kind} eq 'name' && ($token->{braces} > 0 || $token->{macro}) && $token->{text} !~ /$keyword|$is_symmetric/;
	return unless $i < $#$tokens && $tokens->[ $i + 1 ]{text} eq '(' && defined $pair->{ $i + 1 };
	my ($last, $depth) = ($pair->{ $i + 1 }, $token->{parens} + 1);
	return if $token->{text} =~ /cmp\z/ && ($tokens->[ $last + 1 ]{text} // '') =~ /\A[=!]=\z/;
	my @bounds = ($i + 1, (grep { $tokens->[$_]{text} eq ',' && $tokens->[$_]{parens} == $depth } $i + 2 .. $last - 1), $last);
	my @arguments = map { [ $bounds[ $_ - 1 ] + 1, $bounds[$_] - 1 ] } 1 .. $#bounds;
	for my $n (1 .. $#arguments)
	{
		my ($x, $y) = @arguments[ $n - 1, $n ];
		next if $x->[0] > $x->[1] || $y->[0] > $y->[1];
		my ($x_text, $y_text) = map { $text_of->(@$_) } $x, $y;
		next if $x_text eq $y_text;
		$add->('arguments', $x->[0], $y->[1], $y_text . $text_of->($x->[1] + 1, $y->[0] - 1) . ' ' . $x_text);
	}
	return;
}

# The source of a mutant, with as many lines.
sub mutate
{
	my ($source, $mutant) = @_;
	my $old = substr $source, $mutant->{start}, $mutant->{end} - $mutant->{start};
	my $breaks = ($old =~ tr/\n//) - ($mutant->{text} =~ tr/\n//);
	my $break = $old =~ /\\\n/ ? "\\\n" : "\n";
	return substr($source, 0, $mutant->{start}) . $mutant->{text} . $break x $breaks . substr $source, $mutant->{end};
}

1;
