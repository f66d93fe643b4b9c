#!/usr/bin/perl
#
# reference.pl: makes reference.md from reference.in and from what CREATE EXTENSION creates.
#
# Usage: perl reference.pl reference.in > reference.md
#
# It needs a server on which the extension is installed, at the address that PGHOST and the like give, and
# a role that can create a database: it makes one, and drops it afterwards.
#
# reference.in is Markdown with these lines:
#
#   {{function NAME}}      a table of the functions and aggregates NAME, of all arguments, and of their
#                          builtin_ twins
#   {{type NAME}}          a table of the type or domain NAME
#   {{relation NAME}}      a table of the columns of the table or view NAME, and of its constraints
#   {{casts}}              a table of the casts
#   {{operators A B}}      a table of the operators with A on the left and B on the right
#   {{operator classes}}   a table of the operator classes and families
#   {{internal}}           names of what is internal: functions for the server or the extension alone
#   {{error}}              behind an ```sql block: it must raise an error
#
# All signatures, properties and short descriptions come from the system catalogs. The ```sql blocks are run
# in their order, in one psql, and what it prints is put behind each. An object of the extension that no
# line names, a line that names nothing, a function in no example, and an error where none is announced, are
# reported, and nothing is written.

use strict;
use warnings;

use File::Temp;
use JSON::PP qw(decode_json);

my $database = "provider_codes_reference_$$";
my @INTERNAL = ([ qr/^I\/O$/, 'Input and output' ], [ qr/^implementation of /, 'Implementation of operators' ], [ qr/^internal: /, 'Other functions' ]);

my ($source) = @ARGV;
die "usage: perl reference.pl reference.in > reference.md\n" unless defined $source;
my (%objects, %described, @problems);
my $page = read_file($source);
my $made = eval {
	psql('postgres', "CREATE DATABASE $database TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
	psql($database, 'CREATE EXTENSION provider_codes');
	%objects = %{ decode_json(psql($database, objects_query())) };
	make_page($page);
};
my $error = $@;
psql('postgres', "DROP DATABASE IF EXISTS $database");
die $error if $error;
die map { "$source: $_\n" } @problems if @problems;
print $made;
exit 0;

sub read_file
{
	my ($path) = @_;
	open my $in, '<', $path or die "could not open \"$path\": $!\n";
	local $/ = undef;
	return scalar <$in>;
}

# Runs commands, with what they print as the result.
sub psql
{
	my ($where, $commands) = @_;

	return run_psql($where, [ '-A', '-t', '-v', 'ON_ERROR_STOP=1' ], $commands);
}

sub run_psql
{
	my ($where, $options, $commands) = @_;
	my @program = ('psql', '-X', '-q', @$options, '-d', $where);

	my $file = File::Temp->new;
	print {$file} $commands;
	close $file or die "$file: $!\n";
	local $ENV{PGCLIENTENCODING} = 'UTF8';
	open my $out, '-|', 'sh', '-c', '"$@" <"$0" 2>&1', "$file", @program or die "sh: $!\n";
	local $/ = undef;
	my $printed = <$out> // '';
	close $out or die "psql failed: $printed\n";
	return $printed;
}

# ---- What the extension consists of ----

# A query for one JSON object: for each kind of objects, an array of them in the order in which they are shown.
sub objects_query
{
	return <<'SQL';
CREATE TEMP VIEW members AS
SELECT d.classid, d.objid
FROM pg_depend AS d JOIN pg_extension AS e ON d.refobjid = e.oid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'provider_codes';

CREATE TEMP VIEW functions AS
SELECT p.oid, p.proname AS name, pg_get_function_arguments(p.oid) AS arguments,
    format('%s(%s)', p.proname, (SELECT string_agg(format_type(a, NULL), ', ' ORDER BY n) FROM unnest(p.proargtypes) WITH ORDINALITY AS t (a, n))) AS short,
    pg_get_function_result(p.oid) AS result, p.proretset AS returns_set,
    p.prokind = 'a' AS is_aggregate, obj_description(p.oid, 'pg_proc') AS comment,
    concat_ws(', ',
        CASE COALESCE(t.provolatile, p.provolatile) WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END,
        CASE WHEN COALESCE(t.proisstrict, p.proisstrict) THEN 'STRICT' END,
        CASE WHEN p.proleakproof THEN 'LEAKPROOF' END,
        'PARALLEL ' || CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE' END) AS properties
FROM members AS m JOIN pg_proc AS p ON m.objid = p.oid
LEFT JOIN pg_aggregate AS a ON a.aggfnoid = p.oid LEFT JOIN pg_proc AS t ON t.oid = a.aggtransfn
WHERE m.classid = 'pg_proc'::regclass;

SELECT json_build_object(
    'functions', (SELECT json_agg(f ORDER BY name COLLATE "C", arguments COLLATE "C") FROM functions AS f),
    'types', (
        SELECT json_agg(json_build_object(
            'name', t.typname, 'comment', obj_description(t.oid, 'pg_type'),
            'kind', CASE t.typtype WHEN 'd' THEN 'domain over ' || format_type(t.typbasetype, t.typtypmod) ELSE 'base type' END,
            'length', t.typlen,
            'checks', (SELECT string_agg(pg_get_constraintdef(c.oid), ' ') FROM pg_constraint AS c WHERE c.contypid = t.oid AND c.contype = 'c')))
        FROM members AS m JOIN pg_type AS t ON m.objid = t.oid
        WHERE m.classid = 'pg_type'::regclass AND t.typtype IN ('b', 'd') AND t.typcategory <> 'A'),
    'casts', (
        SELECT json_agg(json_build_object(
            'source', format_type(c.castsource, NULL), 'target', format_type(c.casttarget, NULL), 'comment', obj_description(c.oid, 'pg_cast'),
            'context', CASE c.castcontext WHEN 'i' THEN 'implicitly' WHEN 'a' THEN 'in assignments' ELSE 'explicitly' END)
            ORDER BY format_type(c.casttarget, NULL) COLLATE "C", format_type(c.castsource, NULL) COLLATE "C")
        FROM members AS m JOIN pg_cast AS c ON m.objid = c.oid WHERE m.classid = 'pg_cast'::regclass),
    'operators', (
        SELECT json_agg(json_build_object(
            'name', o.oprname, 'left', format_type(o.oprleft, NULL), 'right', format_type(o.oprright, NULL),
            'comment', obj_description(o.oid, 'pg_operator'), 'commutator', (SELECT oprname FROM pg_operator WHERE oid = o.oprcom),
            'negator', (SELECT oprname FROM pg_operator WHERE oid = o.oprnegate), 'function', f.name,
            'properties', concat_ws(', ', f.properties, CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END))
            ORDER BY array_position('{<,<=,=,>=,>,<>,~~,!~~,~~*,!~~*}'::text[], o.oprname::text), o.oprname COLLATE "C")
        FROM members AS m JOIN pg_operator AS o ON m.objid = o.oid JOIN functions AS f ON f.oid = o.oprcode
        WHERE m.classid = 'pg_operator'::regclass),
    'classes', (
        SELECT json_agg(json_build_object(
            'method', a.amname, 'name', c.opcname, 'type', format_type(c.opcintype, NULL), 'default', c.opcdefault,
            'comment', obj_description(c.oid, 'pg_opclass'))
            ORDER BY c.opcname COLLATE "C", a.amname COLLATE "C")
        FROM members AS m JOIN pg_opclass AS c ON m.objid = c.oid JOIN pg_am AS a ON a.oid = c.opcmethod
        WHERE m.classid = 'pg_opclass'::regclass),
    'families', (
        SELECT json_agg(json_build_object('method', a.amname, 'name', f.opfname, 'comment', obj_description(f.oid, 'pg_opfamily'))
            ORDER BY f.opfname COLLATE "C", a.amname COLLATE "C")
        FROM members AS m JOIN pg_opfamily AS f ON m.objid = f.oid JOIN pg_am AS a ON a.oid = f.opfmethod
        WHERE m.classid = 'pg_opfamily'::regclass),
    'relations', (
        SELECT json_agg(json_build_object(
            'name', r.relname, 'kind', CASE r.relkind WHEN 'v' THEN 'view' ELSE 'table' END, 'comment', obj_description(r.oid, 'pg_class'),
            'columns', (
                SELECT json_agg(json_build_object(
                    'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'comment', col_description(r.oid, a.attnum),
                    'default', pg_get_expr(d.adbin, d.adrelid)) ORDER BY a.attnum)
                FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped),
            'constraints', (
                SELECT json_agg(json_build_object(
                    'name', c.conname, 'kind', CASE c.contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'CHECK' END,
                    'comment', obj_description(c.oid, 'pg_constraint')) ORDER BY c.contype DESC, c.conname COLLATE "C")
                FROM pg_constraint AS c WHERE c.conrelid = r.oid AND c.contype <> 'n'),
            'triggers', (
                SELECT json_agg(json_build_object('name', t.tgname, 'comment', obj_description(t.oid, 'pg_trigger')))
                FROM pg_trigger AS t WHERE t.tgrelid = r.oid AND NOT t.tgisinternal)))
        FROM members AS m JOIN pg_class AS r ON m.objid = r.oid WHERE m.classid = 'pg_class'::regclass),
    'other kinds', (
        SELECT json_agg(DISTINCT m.classid::regclass) FROM members AS m
        WHERE m.classid <> ALL ('{pg_proc,pg_type,pg_cast,pg_operator,pg_opclass,pg_opfamily,pg_class}'::regclass[])));
SQL
}

sub of_kind { return @{ $objects{ $_[0] } // [] }; }

# ---- The page ----

sub make_page
{
	my ($text) = @_;
	my (@parts, @blocks);

	die "objects of a kind that this program does not know: @{ $objects{'other kinds'} }\n" if $objects{'other kinds'};
	while ($text =~ /\G(?:^```sql\n(.*?)^```\n(\n?\{\{error\}\}\n)?|^\{\{([^}\n]+)\}\}\n|(.*?\n))/msgc)
	{
		my ($sql, $error, $line, $plain) = ($1, $2, $3, $4);
		if (defined $sql)
		{
			push @blocks, { text => $sql, error => defined $error };
			push @parts, $blocks[-1];
		}
		else { push @parts, defined $line ? expand($line) : $plain; }
	}
	check_coverage(@blocks);
	run_blocks(@blocks);
	return "<!-- Made by \"make docs\" from doc/reference.in and the extension's comments; not to be edited. -->\n\n"
	  . join '', map { ref $_ ? with_answer($_) : $_ } @parts;
}

sub with_answer
{
	my ($block) = @_;
	my $shown = "```sql\n$block->{text}```\n";

	return $block->{answer} eq '' ? $shown : "$shown\n```\n$block->{answer}```\n";
}

sub run_blocks
{
	my (@blocks) = @_;
	my $script = join '', map { "\\echo -- block\n$_->{text}" } @blocks;
	my (undef, @answers) = split /^-- block\n/m, run_psql($database, [], $script), -1;

	die "psql ended early\n" if @answers != @blocks;
	for my $block (@blocks)
	{
		my $answer = shift @answers;
		$answer =~ s/[ \t]+$//mg;
		$answer =~ s/\A\n+|\n+\z//g;
		$block->{answer} = $answer eq '' ? '' : "$answer\n";
		my $failed = $answer =~ /^(?:ERROR|FATAL|PANIC|WARNING|invalid command|psql:)/m ? 1 : 0;
		push @problems, ($failed ? 'this fails' : 'this raises no error') . ":\n$block->{text}$answer" if $failed != ($block->{error} ? 1 : 0);
	}
	return;
}

sub expand
{
	my ($line) = @_;
	my ($word, @names) = split ' ', $line;

	return function_table($names[0]) if $word eq 'function' && @names == 1;
	return type_table($names[0]) if $word eq 'type' && @names == 1;
	return relation_table($names[0]) if $word eq 'relation' && @names == 1;
	return cast_table() if $line eq 'casts';
	return operator_table(@names) if $word eq 'operators' && @names == 2;
	return class_table() if $line eq 'operator classes';
	return internal_list() if $line eq 'internal';
	push @problems, "unknown line {{$line}}";
	return '';
}

# The objects of a kind for which a test is true. They count as described; there must be some.
sub select_objects
{
	my ($kind, $what, $test) = @_;
	my @found = grep { $test->() } of_kind($kind);

	push @problems, "there is no $what" unless @found;
	$described{$_}++ for @found;
	return @found;
}

# Is an object marked as internal, or an operator of a type that is?
sub is_internal
{
	my ($object) = @_;
	my %internal_type = map { $_->{comment} =~ /^internal: / ? ($_->{name} => 1) : () } of_kind('types');

	return grep({ $object->{comment} =~ $_->[0] } @INTERNAL)
	  || grep { defined && $internal_type{$_} } @{$object}{qw(left right)};
}

sub function_table
{
	my ($name) = @_;
	my @found = sort { length $a->{name} <=> length $b->{name} }
	  select_objects(functions => "public function $name", sub { $_->{name} =~ /^(?:builtin_)?\Q$name\E\z/ && !is_internal($_) });

	return table(
		[ 'function', 'what it returns', 'properties' ],
		map { [ code(signature($_) . ' → ' . result($_)), text($_->{comment}), $_->{properties} ] } @found);
}

sub signature
{
	my ($function) = @_;

	return ($function->{is_aggregate} ? 'aggregate ' : '') . "$function->{name}(" . short_types($function->{arguments}) . ')';
}

sub result
{
	my ($function) = @_;

	return short_types($function->{result});
}

sub short_types
{
	my ($text) = @_;

	$text =~ s/timestamp with time zone/timestamptz/g;
	$text =~ s/::text//g;
	return $text;
}

sub type_table
{
	my ($name) = @_;
	my @found = select_objects(types => "type $name", sub { $_->{name} eq $name });

	return table(
		[ 'type', 'meaning', 'kind' ],
		map {
			[
				code($_->{name}), text($_->{comment}),
				join ', ', $_->{kind}, $_->{kind} ne 'base type' ? code($_->{checks}) : $_->{length} > 0 ? "$_->{length} byte" : 'of variable length'
			]
		} @found);
}

sub relation_table
{
	my ($name) = @_;
	my ($found) = select_objects(relations => "table or view $name", sub { $_->{name} eq $name }) or return '';
	my @others = map { @{ $_ // [] } } @{$found}{qw(constraints triggers)};
	my $text = ucfirst(text($found->{comment})) . ".\n\n";

	$text .= table(
		[ 'column', 'type', 'meaning' ],
		map {
			my $default = defined $_->{default} ? '; default ' . code($_->{default}) : '';
			[ code($_->{name}), code(short_types($_->{type})), text($_->{comment}) . $default ]
		} @{ $found->{columns} });
	$text .= "\n" . table([ 'constraint or trigger', 'meaning' ], map { [ code($_->{name}), text($_->{comment}) ] } @others) if @others;
	return $text;
}

sub cast_table
{
	my @found = select_objects(casts => 'cast', sub { !is_internal($_) });

	return table(
		[ 'cast', 'what it returns', 'applied' ],
		map { [ code("$_->{source} → $_->{target}"), text($_->{comment}), $_->{context} ] } @found);
}

sub operator_table
{
	my ($left, $right) = @_;
	my @found = select_objects(
		operators => "operator of $left and $right",
		sub { $_->{left} eq $left && $_->{right} eq $right && !is_internal($_) });

	return table(
		[ 'operator', 'true if', 'commutator', 'negator', 'properties' ],
		map { [ code("$left $_->{name} $right"), text($_->{comment}), (map { code($_) } @{$_}{qw(commutator negator)}), $_->{properties} ] } @found);
}

sub class_table
{
	my @classes = select_objects(classes => 'operator class', sub { !is_internal($_) });
	my @families = select_objects(families => 'operator family', sub { !is_internal($_) });
	my %family = map { ("$_->{method} $_->{name}" => $_) } @families;

	return table(
		[ 'operator class', 'index method', 'type', 'default', 'what it does', 'its family' ],
		map {
			[
				code($_->{name}), code($_->{method}), code($_->{type}), $_->{default} ? 'yes' : 'no',
				text($_->{comment}), text(($family{"$_->{method} $_->{name}"} // { comment => undef })->{comment})
			]
		} @classes);
}

# The names of all internal objects, by what they are for.
sub internal_list
{
	my $text = '';

	for (@INTERNAL)
	{
		my ($pattern, $heading) = @$_;
		my @names;
		for my $function (grep { $_->{comment} =~ $pattern } of_kind('functions'))
		{
			$described{$function}++;
			push @names, code($function->{short});
		}
		$text .= "$heading: " . join(', ', @names) . ".\n\n";
	}
	my %others = (
		'Casts' => [ map { [ $_ => "$_->{source} → $_->{target}" ] } of_kind('casts') ],
		'Types' => [ map { [ $_ => $_->{name} ] } of_kind('types') ],
		'Operators' => [ map { [ $_ => "$_->{left} $_->{name} $_->{right}" ] } of_kind('operators') ],
		'Operator classes' => [ map { [ $_ => "$_->{name} ($_->{method})" ] } of_kind('classes') ],
		'Operator families' => [ map { [ $_ => "$_->{name} ($_->{method})" ] } of_kind('families') ]);
	for my $heading (sort keys %others)
	{
		my @found = grep { is_internal($_->[0]) } @{ $others{$heading} } or next;
		$described{ $_->[0] }++ for @found;
		$text .= "$heading: " . join(', ', map { code($_->[1]) } @found) . ".\n\n";
	}
	return $text =~ s/\n\n\z/\n/r;
}

# Each object is described once, and each public function, or its twin, is called in an example.
sub check_coverage
{
	my (@blocks) = @_;
	my $examples = join '', map { $_->{text} } @blocks;

	for my $kind (qw(functions types casts operators classes families relations))
	{
		for my $object (of_kind($kind))
		{
			my $name = $object->{short} // join ' ', grep { defined } @{$object}{qw(left name right source target)};
			push @problems, "nothing describes this of the $kind: $name" unless $described{$object};
			push @problems, "this of the $kind is described twice: $name" if ($described{$object} // 0) > 1;
			push @problems, "this of the $kind has no comment: $name" unless defined $object->{comment};
		}
	}
	for my $function (grep { !is_internal($_) } of_kind('functions'))
	{
		my $name = $function->{name} =~ s/^builtin_//r;
		push @problems, "no example calls $name()" unless $examples =~ /\b(?:builtin_)?$name\(/;
	}
	for my $relation (of_kind('relations'))
	{
		push @problems, "no example reads $relation->{name}" unless $examples =~ /\b(?:FROM|INTO|UPDATE) $relation->{name}\b/;
	}
	return;
}

# ---- Markdown ----

sub table
{
	my ($head, @rows) = @_;

	return join '', map { '| ' . join(' | ', @$_) . " |\n" } $head, [ ('---') x @$head ], @rows;
}

# Within a table, a bar would end the cell.
sub code
{
	my ($text) = @_;

	return '' unless defined $text;
	$text =~ s/\|/\\|/g;
	return "`$text`";
}

sub text
{
	my ($text) = @_;

	return '' unless defined $text;
	$text =~ s/([\\`*\[\]<>|~&])/\\$1/g;
	return $text =~ s/(\w+\(\))/`$1`/gr;
}
