# A random query, as it reads over our type and over theirs.
#
# Every piece of SQL is a pair, [ours, theirs], that is made of pairs. Theirs has plain columns for all attributes, and for
# each code a place in the documented order. A literal is a parameter: <<N>> in the text, and <<N:place>> where theirs needs
# the place of the code or text. So a query can be written with literals or be prepared.
#
# The query is a hash:
#   sql      function that gives the pair; what has been left out (see piece()) is not in it
#   pieces   what can be left out, to shrink a query
#   params   type and values of each parameter
#   columns  how many columns are compared; theirs may have more, for its order
#   ordered  whether the order of the rows is asked for, which is then unique
#   locks    whether rows are locked
#   tables   names of the tables
package Query;

use strict;
use warnings;

use World qw(pick chance quote shuffle);

use constant EXECUTIONS => 7;    # the server makes a generic plan for the sixth

my @FLAGS = qw(retryable terminal success error known deprecated);
my %FUNCTION = (known => 'is_known_code', deprecated => 'is_deprecated_code', map { $_ => "is_$_" } qw(retryable terminal success error));
my @PROVIDERS = (qw(basiq syncfy http foundry finicity plaid quovo acme basi basiq2 basiq-x a nobody), '', 'basiq:', 'BASIQ', "basiq\x01");
my @PATTERNS = ('basiq:%', 'basiq%', 'basiq:invalid%', 'syncfy:4%', 'syncfy:%', 'http:40_', '%:401', '%', 'http:404', 'http:404%',
	'a%', '_%', 'basiq:i_valid%', 'SYNCFY:4%', 'quovo:ERROR/%', 'syncfy:40\\1', '');

sub both
{
	my ($format, @pairs) = @_;
	return [ map { my $side = $_; sprintf $format, map { ref $_ ? $_->[$side] : $_ } @pairs } 0, 1 ];
}

sub list
{
	my (@pairs) = @_;
	return [ map { my $side = $_; join ', ', map { $_->[$side] } @pairs } 0, 1 ];
}

# Draws a query.
sub new
{
	my ($class, $world, $as_role) = @_;
	my $self = bless { world => $world, as_role => $as_role, params => [], pieces => [], aliases => 0, tables => [], depth => 0 }, $class;
	my $shape = pick(
		(\&rows) x 6, (\&groups) x 3, \&aggregates, (\&distinct) x 2, (\&distinct_on) x 2, (\&windows) x 2, (\&set_operation) x 2,
		\&lateral, \&scalar_subquery, \&grouping_sets);
	$shape->($self);
	return $self;
}

# ---- Pieces and parameters ----

# Something that can be left out of the query without making it another kind of query: a pair, or a function that gives it.
sub piece
{
	my ($self, $pair) = @_;
	my $piece = { pair => $pair, on => 1 };
	push @{ $self->{pieces} }, $piece;
	return $piece;
}

sub piece_sql
{
	my ($piece) = @_;
	return $piece->{on} ? $piece->{pair} : [ '', '' ];
}

sub where
{
	my ($word, @conditions) = @_;
	my @on = map { ref $_->{pair} eq 'CODE' ? $_->{pair}->() : $_->{pair} } grep { $_->{on} } @conditions;
	return [ '', '' ] unless @on;
	return [ map { my $side = $_; " $word " . join ' AND ', map { $_->[$side] } @on } 0, 1 ];
}

# A parameter; the function draws its value.
sub param
{
	my ($self, $type, $draw, $form) = @_;
	push @{ $self->{params} }, { type => $type, values => [ map { $draw->() } 1 .. EXECUTIONS ] };
	my $number = @{ $self->{params} };
	return [ "<<$number>>", $form ? "<<$number:$form>>" : "<<$number>>" ];
}

sub some_code { my ($self) = @_; return pick(@{ $self->{world}{codes} }) }

sub some_text { my ($self) = @_; return pick(@{ $self->{world}{ chance(0.4) ? 'malformed' : 'texts' } }) }

sub code_param { my ($self, $form) = @_; return $self->param('status_code', sub { chance(0.02) ? undef : $self->some_code }, $form) }

sub text_param
{
	my ($self, $form) = @_;
	return $self->param(pick('text', 'text', 'varchar'), sub { chance(0.02) ? undef : $self->some_text }, $form);
}

sub label_param
{
	my ($self, $kind) = @_;
	my @labels = $kind eq 'category' ? World::categories() : World::actions();
	return $self->param(pick("status_$kind", "status_$kind", 'text', 'varchar'), sub { chance(0.02) ? undef : pick(@labels) });
}

sub number_param { my ($self, $draw) = @_; return $self->param('integer', $draw) }

# The literal of a value for one side.
sub literal
{
	my ($self, $side, $param, $execution, $form) = @_;
	my $value = $param->{values}[$execution];
	return quote($value) . '::' . ($side == 0 || $param->{type} eq 'integer' ? $param->{type} : 'text') unless $form;
	return defined $value ? $self->{world}{place}{$value} // die "no place: $value\n" : 'NULL::integer';
}

# The text for one side, with the values of an execution.
sub with_literals
{
	my ($self, $side, $execution) = @_;
	return $self->{sql}->()->[$side] =~ s/<<(\d+)(?::(\w+))?>>/$self->literal($side, $self->{params}[ $1 - 1 ], $execution, $2)/egr;
}

# Our text with $1 and so on.
sub with_parameters { my ($self) = @_; return $self->{sql}->()->[0] =~ s/<<(\d+)>>/\$$1/gr }

sub parameter_types { my ($self) = @_; return join ', ', map { $_->{type} } @{ $self->{params} } }

sub arguments
{
	my ($self, $execution) = @_;
	return join ', ', map { $self->literal(0, $_, $execution) } @{ $self->{params} };
}

# ---- Expressions over a row ----

# A code of a row: its column, as a pair, and what theirs has beside it.
sub code
{
	my ($row, $column) = @_;
	$column //= chance(0.85) ? 'status' : 'prev';
	return { column => $column, pair => both("$row.$column"), place => [ "$row.$column", "$row.${column}_place" ], row => $row };
}

# An attribute; ours is a call.
sub attribute
{
	my ($code, $function, $attribute) = @_;
	return [ "$function($code->{pair}[0])", "$code->{row}.$code->{column}_$attribute" ];
}

# What a query can select, group and sort by: the pair, and the pair that it is sorted by where that is another.
sub value_of
{
	my ($row) = @_;
	my $code = code($row);
	my $source = pick('', '', 'builtin_');
	my $kind = pick(qw(code code code code a a txt cat category category action flag provider value name));
	return { pair => $code->{pair}, sort => $code->{place} } if $kind eq 'code';
	return { pair => both("$row.$kind") } if $kind eq 'a' || $kind eq 'txt';
	return { pair => both("$row.cat"), sort => [ "$row.cat", "$row.cat_place" ] } if $kind eq 'cat';
	return { pair => attribute($code, "code_$kind", $kind) } if $kind eq 'provider' || $kind eq 'value';
	return { pair => attribute($code, "${source}code_name", "${source}name") } if $kind eq 'name';
	return {
		pair => attribute($code, "${source}code_$kind", "$source$kind"),
		sort => attribute($code, "${source}code_$kind", "$source${kind}_place")
	  }
	  if $kind eq 'category' || $kind eq 'action';
	my $flag = pick(@FLAGS);
	return { pair => attribute($code, $source . $FUNCTION{$flag}, "$source$flag") };
}

sub sort_pair { my ($value) = @_; return $value->{sort} // $value->{pair} }

# The pair by which to group: where theirs sorts by a place, this too.
sub group_pair
{
	my ($value) = @_;
	return $value->{sort} ? [ $value->{sort}[0], "$value->{pair}[1], $value->{sort}[1]" ] : $value->{pair};
}

# ---- Predicates ----

sub flag
{
	my ($self, $row) = @_;
	my ($source, $flag) = (pick('', '', 'builtin_'), pick(@FLAGS, 'retryable', 'error'));
	return attribute(code($row), $source . $FUNCTION{$flag}, "$source$flag");
}

sub label
{
	my ($self, $row) = @_;
	my ($source, $kind) = (pick('', '', 'builtin_'), pick('category', 'action'));
	my $code = code($row);
	my $label = $self->label_param($kind);
	my $predicate = $source . ($kind eq 'category' ? 'in_category' : 'has_action');
	my $attribute = attribute($code, "${source}code_$kind", "$source$kind");
	my $form = int rand 9;
	return [ "$predicate($code->{pair}[0], $label->[0])", "$attribute->[1] = $label->[1]" ] if $form < 3;
	return [ "$predicate($code->{pair}[0], (SELECT $label->[0]))", "$attribute->[1] = $label->[1]" ] if $form == 3;
	return both('%s = %s', shuffle $attribute, $label) if $form < 6;
	return both('%s <> %s', $attribute, $label) if $form == 6;
	return both('%s IN (%s, %s)', $attribute, $label, $self->label_param($kind)) if $form == 7;
	return both(pick('%s IS DISTINCT FROM %s', '%s IS NOT DISTINCT FROM %s'), $attribute, $label);
}

sub provider
{
	my ($self, $row) = @_;
	my $code = code($row);
	my $provider = $self->param('text', sub { pick(@PROVIDERS) });
	$provider = both('(SELECT %s)', $provider) if chance(0.1);
	my $attribute = attribute($code, 'code_provider', 'provider');
	return both('%s = %s', $attribute, $provider) if chance(0.2);
	return [ "from_provider($code->{pair}[0], $provider->[0])", "$attribute->[1] = $provider->[1]" ];
}

sub pattern
{
	my ($self, $row) = @_;
	return both(pick('%s LIKE %s', '%s LIKE %s', '%s NOT LIKE %s', '%s ILIKE %s', '%s NOT ILIKE %s'),
		code($row)->{pair}, $self->param('text', sub { pick(@PATTERNS) }));
}

# A comparison with a value: equality goes by the text, all else by the place.
sub comparison
{
	my ($self, $row) = @_;
	my $code = code($row);
	my $draw = chance(0.5) ? 'code_param' : 'text_param';
	return both(pick('%s = %s', '%s = %s', '%s <> %s'), shuffle $code->{pair}, $self->$draw) if chance(0.4);
	my $operator = pick('<', '<=', '>', '>=');
	return both("%s $operator %s", shuffle $code->{place}, $self->$draw('place')) if chance(0.6);
	return both(pick('%s BETWEEN %s AND %s', '(%1$s >= %2$s AND %1$s < %3$s)', '%s NOT BETWEEN %s AND %s'),
		$code->{place}, $self->$draw('place'), $self->$draw('place')) if chance(0.5);
	return both("($row.a, %s) $operator (%s, %s)", $code->{place}, $self->number_param(sub { int rand 7 }), $self->code_param('place'));
}

sub array
{
	my ($self, $row) = @_;
	my $code = code($row);
	my $draw = chance(0.6) ? 'code_param' : 'text_param';
	my @values = map { $self->$draw } 1 .. 1 + int rand 4;
	return both(pick('%s IN (%s)', '%s = ANY (ARRAY[%s])', '%s NOT IN (%s)', '%s <> ALL (ARRAY[%s])'), $code->{pair}, list(@values));
}

sub plain
{
	my ($self, $row) = @_;
	my $number = sub { $self->number_param(sub { int rand 7 }) };
	my $id = sub { $self->number_param(sub { int rand 460 }) };
	my $form = int rand 8;
	return both("$row.a = %s", $number->()) if $form < 2;
	return both("$row.a IN (%s, %s)", $number->(), $number->()) if $form == 2;
	return both(pick("$row.id > -1", "$row.a < 6")) if $form == 3;
	return both(pick("$row.id > %s", "$row.id <= %s"), $id->()) if $form == 4;
	return both("$row.id BETWEEN %s AND %s", $id->(), $id->()) if $form == 5;
	return both("$row.a " . pick('IS NULL', 'IS NOT NULL', '< 5', '>= 1')) if $form == 6;
	return both(pick('%s IS NULL', '%s IS NOT NULL', '%s IS NOT NULL'), code($row)->{pair});
}

# Two columns of a row, or of two rows.
sub columns
{
	my ($self, $row, $other) = @_;
	$other //= $row;
	my $code = code($row);
	my $second = code($other, $row eq $other ? ($code->{column} eq 'status' ? 'prev' : 'status') : undef);
	my $form = int rand 7;
	return both(pick('%s = %s', '%s <> %s', '%s IS DISTINCT FROM %s'), $code->{pair}, $second->{pair}) if $form < 2;
	return both(pick('%s < %s', '%s >= %s'), $code->{place}, $second->{place}) if $form == 2;
	return both(pick('%s = %s', '%s <> %s'), shuffle $code->{pair}, both("$other.txt")) if $form == 3;
	return both(pick('%s < %s', '%s >= %s'), shuffle $code->{place}, [ "$other.txt", "$other.txt_place" ]) if $form == 4;
	return [ "in_category($code->{pair}[0], $other.cat)", "$code->{row}.$code->{column}_category = $other.cat" ] if $form == 5;
	return [ "$code->{pair}[0] = $other.ci", "$code->{pair}[1] = $other.ci COLLATE \"C\"" ];
}

sub parts
{
	my ($self, $row) = @_;
	my $code = code($row);
	my $form = int rand 4;
	return both('%s = %s', attribute($code, 'code_base', 'base'), $self->code_param) if $form == 0;
	return both('%s IS NOT NULL', attribute($code, 'code_variant', 'variant')) if $form == 1;
	return both('%s = %s', attribute($code, 'code_value', 'value'), $self->param('text', sub { pick(qw(401 404 200 a ERROR)) })) if $form == 2;
	return both(pick('%s IS NULL', '%s LIKE \'I%%\'', '%s = \'Locked\''), attribute($code, 'code_name', 'name'));
}

# A condition with a query of its own.
sub subquery
{
	my ($self, $row) = @_;
	my ($name, $relation) = $self->relation;
	my @where = map { $self->piece($self->simple_predicate($name)) } 1 .. 1 + int rand 2;
	my ($outer, $inner) = (code($row), code($name));
	my $not = pick('', '', 'NOT ');
	my $form = int rand 6;
	if ($form < 2)
	{
		my $join = $self->piece(pick(both('%s = %s', $inner->{pair}, $outer->{pair}), both("$name.txt = %s", $outer->{pair}),
			both("%s = $row.txt", $inner->{pair}), both("$name.id = $row.id"), both("$name.a = $row.a")));
		return sub { both("${not}EXISTS (SELECT FROM %s%s)", $relation, where('WHERE', $join, @where)) };
	}
	# Never NOT IN where it would be a nested loop: only what the server can hash.
	my ($left, $right) = @{ pick([ $outer->{pair}, $inner->{pair} ], [ both("$row.txt"), $inner->{pair} ],
		[ $outer->{pair}, both("$name.txt") ]) };
	return sub { both("%s ${not}IN (SELECT %s FROM %s%s)", $left, $right, $relation, where('WHERE', @where)) } if $form < 4;
	my $extreme = pick('min', 'max');
	my $correlated = $self->piece(both("$name.a = $row.a"));
	my $operator = pick('<', '>=');
	return sub {
		both("%s $operator (SELECT $extreme(%s) FROM %s%s)", $outer->{place}, $inner->{place}, $relation, where('WHERE', $correlated, @where));
	} if $form == 4;
	return sub { both("%s = ANY (SELECT %s FROM %s%s)", $left, $right, $relation, where('WHERE', @where)) };
}

# A predicate that is one condition, of our functions' more often than not.
sub simple_predicate
{
	my ($self, $row) = @_;
	my $predicate = pick((\&flag) x 9, (\&label) x 5, (\&provider) x 2, \&pattern, (\&comparison) x 4, (\&array) x 2, (\&plain) x 4,
		\&columns, \&parts);
	return $self->$predicate($row);
}

# Any predicate; may be a function that gives the pair, where pieces of it can be left out.
sub predicate
{
	my ($self, $row, $other) = @_;
	return $self->columns($row, $other) if $other && chance(0.2);
	if (chance(0.1) && $self->{depth} < 1)
	{
		$self->{depth}++;
		my $subquery = $self->subquery($row);
		$self->{depth}--;
		return $subquery;
	}
	my $predicate = $self->simple_predicate($row);
	return $predicate if chance(0.7);
	return both(pick('NOT (%s)', '(%s) IS TRUE', '(%s) IS NOT TRUE', '(%s) IS FALSE', '(%s) IS NULL', '(%s) = true', 'NOT NOT (%s)'), $predicate)
	  if chance(0.5);
	return both(pick('(%s OR %s)', '(%s OR %s)', 'NOT (%s AND %s)', 'CASE WHEN %s THEN %s ELSE false END'), $predicate,
		$self->simple_predicate($row));
}

sub conditions
{
	my ($self, @rows) = @_;
	return map { $self->piece($self->predicate($_ == 1 ? $rows[0] : pick(@rows), $rows[1])) } 1 .. pick(1, 1, 1, 2, 2, 3);
}

# ---- Relations ----

# A table under a new alias: its alias, and the pair for FROM.
sub relation
{
	my ($self) = @_;
	my $table = pick(World::TABLES());
	my $row = 'r' . ++$self->{aliases};
	push @{ $self->{tables} }, $table;
	push @{ $self->{rows}{$row} }, $table;
	my $policy = $self->{as_role} && $self->{world}{tables}{$table}{policy};
	my $from = [ $table, $policy ? "(SELECT * FROM $table WHERE $policy->[1])" : $table ];
	if (chance(0.08))
	{
		my $inner = "i$self->{aliases}";
		my $predicate = $self->simple_predicate($inner);
		my $fence = pick('', ' OFFSET 0', " ORDER BY $inner.id LIMIT 100");
		$from = both("(SELECT * FROM %s $inner WHERE %s$fence)", both('%s', $from), $predicate);
	}
	return ($row, both("%s $row", $from));
}

# What follows FROM, and the aliases in it. Rows are told apart by the ids of the aliases.
sub from
{
	my ($self) = @_;
	my ($row, $from) = $self->relation;
	my @rows = ($row);
	my $joins = pick(0, 0, 0, 0, 0, 1, 1, 1, 2);
	for (1 .. $joins)
	{
		my ($other, $relation) = $self->relation;
		my $against = pick(@rows);
		my ($code, $second) = (code($against), code($other));
		my $type = pick('JOIN', 'JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN');
		my $on = pick(
			both('%s = %s', $code->{pair}, $second->{pair}), both('%s = %s', $code->{pair}, $second->{pair}),
			both("%s = $other.txt", $code->{pair}), both("$against.txt = %s", $second->{pair}),
			both("$against.id = $other.id"), both("$against.id = $other.id AND %s = %s", $code->{pair}, $second->{pair}),
			both("$against.a = $other.a AND %s = %s", $code->{pair}, $second->{pair}),
			[ "$code->{pair}[0] = $other.ci", "$code->{pair}[1] = $other.ci COLLATE \"C\"" ]);
		# Not merged or hashed, so not for a full join.
		$on = both("$against.a = $other.a AND %s", $self->columns($against, $other)) if $type ne 'FULL JOIN' && chance(0.15);
		# The third one is found by its number, or there would be too many rows.
		$on = both("$against.id = $other.id AND %s", $on) if @rows > 1;
		$on = both('%s AND %s', $on, $self->simple_predicate($other)) if $type ne 'FULL JOIN' && chance(0.2);
		$from = both("%s $type %s ON %s", $from, $relation, $on);
		push @rows, $other;
	}
	return ($from, @rows);
}

# ---- Order ----

sub direction { return pick('', '', '', ' DESC', ' DESC', ' NULLS FIRST', ' DESC NULLS LAST') }

# Keys of an order: often those of an index, as they are or backwards.
sub order_keys
{
	my ($self, @rows) = @_;
	my @keys;
	my $row = pick(@rows);
	my @indexes = @{ $self->{world}{tables}{ $self->{rows}{$row}[0] }{indexes} };
	if (@indexes && chance(0.8))
	{
		my $backwards = chance(0.4);
		for (@{ pick(@indexes) })
		{
			my ($column, $direction) = /\A(\w+)(.*)\z/;
			my $descending = ($direction =~ /DESC/) != $backwards;
			my $nulls_first = ($direction =~ /NULLS (\w+)/ ? $1 eq 'FIRST' : $direction =~ /DESC/) != $backwards;
			my $pair = $column =~ /status|prev/ ? code($row, $column)->{place} : both("$row.$column");
			push @keys, both('%s' . ($descending ? ' DESC' : '') . ($nulls_first ? ' NULLS FIRST' : ' NULLS LAST'), $pair);
			last if chance(0.2);
		}
	}
	else
	{
		push @keys, both('%s' . direction(), sort_pair(value_of(pick(@rows)))) for 1 .. int rand 3;
	}
	push @keys, map { my $id = $_; both("$id.id" . pick('', ' DESC')) } grep { my $id = $_; !grep { $_->[0] =~ /\A$id\.id / } @keys } @rows;
	return @keys;
}

sub limit
{
	my ($self, $probability) = @_;
	return $self->piece([ '', '' ]) unless chance($probability);
	return $self->piece(both(' LIMIT ' . pick(1, 3, 5, 9, 30) . (chance(0.2) ? ' OFFSET ' . pick(1, 4) : '')));
}

# ---- Shapes ----

sub rows
{
	my ($self) = @_;
	my ($from, @rows) = $self->from;
	my @values = ((map { +{ pair => both("$_.id") } } @rows), map { value_of(pick(@rows)) } 0 .. int rand 4);
	my @where = $self->conditions(@rows);
	$self->{columns} = @values;
	$self->{ordered} = chance(0.75);
	my $order = $self->{ordered} ? both(' ORDER BY %s', list($self->order_keys(@rows))) : both('');
	my $limit = $self->limit($self->{ordered} ? 0.6 : 0);
	$self->{locks} = @rows == 1 && chance(0.1);
	my $lock = $self->piece([ $self->{locks} ? pick(' FOR UPDATE', ' FOR UPDATE SKIP LOCKED') : '', '' ]);
	my $select = list(map { $_->{pair} } @values);
	$self->{sql} = sub { both('SELECT %s FROM %s%s%s%s%s', $select, $from, where('WHERE', @where), $order, map { piece_sql($_) } $limit, $lock) };
	return;
}

# An aggregate over rows.
sub aggregate
{
	my ($self, @rows) = @_;
	my $row = pick(@rows);
	my $code = code($row);
	my $form = int rand 11;
	return both('count(*)') if $form < 2;
	return both(pick("min($row.id)", "max($row.id)", "sum($row.id)", "max($row.a)", "count($row.a)")) if $form < 4;
	my $extreme = pick('min', 'max');
	return [ "$extreme($code->{pair}[0])", "(SELECT l.status FROM code l WHERE l.place = $extreme($code->{place}[1]))" ] if $form < 6;
	return both('count(DISTINCT %s)', $code->{pair}) if $form == 6;
	return both('count(*) FILTER (WHERE %s)', $self->simple_predicate($row)) if $form == 7;
	return both(pick('bool_or(%s)', 'bool_and(%s)'), $self->flag($row)) if $form == 8;
	my $direction = pick('', ' DESC');
	return [ "array_agg($code->{pair}[0] ORDER BY $code->{place}[0]$direction)::text",
		"array_agg($code->{pair}[1] ORDER BY $code->{place}[1]$direction)::text" ] if $form == 9;
	return [ "(percentile_disc(0.5) WITHIN GROUP (ORDER BY $code->{place}[0]))",
		"(SELECT l.status FROM code l WHERE l.place = percentile_disc(0.5) WITHIN GROUP (ORDER BY $code->{place}[1]))" ];
}

sub groups
{
	my ($self) = @_;
	my ($from, @rows) = $self->from;
	my @keys = map { value_of(pick(@rows)) } 0 .. int rand 2;
	push @keys, { pair => both("$rows[0].id") } if chance(0.15);
	my @aggregates = map { $self->aggregate(@rows) } 0 .. int rand 2;
	my @where = $self->conditions(@rows);
	my @having = map { $self->piece($_) } chance(0.2) ? both('count(*) > 1') : ();
	$self->{columns} = @keys + @aggregates;
	$self->{ordered} = chance(0.75);
	my $group = list(map { group_pair($_) } @keys);
	my $order = $self->{ordered} ? both(' ORDER BY %s', list(map { both('%s' . direction(), sort_pair($_)) } @keys)) : both('');
	my $limit = $self->limit($self->{ordered} ? 0.4 : 0);
	my $select = list((map { $_->{pair} } @keys), @aggregates);
	$self->{sql} = sub {
		both('SELECT %s FROM %s%s GROUP BY %s%s%s%s', $select, $from, where('WHERE', @where), $group, where('HAVING', @having), $order, piece_sql($limit));
	};
	return;
}

sub aggregates
{
	my ($self) = @_;
	my ($from, @rows) = $self->from;
	my @aggregates = map { $self->aggregate(@rows) } 0 .. int rand 3;
	my @where = $self->conditions(@rows);
	$self->{columns} = @aggregates;
	$self->{ordered} = 1;
	$self->{sql} = sub { both('SELECT %s FROM %s%s', list(@aggregates), $from, where('WHERE', @where)) };
	return;
}

sub grouping_sets
{
	my ($self) = @_;
	my ($from, @rows) = $self->from;
	my @keys = map { value_of(pick(@rows)) } 0, 1;
	my @aggregates = $self->aggregate(@rows);
	my @where = $self->conditions(@rows);
	my $sets = pick('ROLLUP (%s, %s)', 'CUBE (%s, %s)', 'GROUPING SETS (%s, %s, ())');
	$self->{columns} = @keys + @aggregates;
	$self->{ordered} = 0;
	my $select = list((map { $_->{pair} } @keys), @aggregates);
	my $group = both($sets, map { both('(%s)', group_pair($_)) } @keys);
	$self->{sql} = sub { both('SELECT %s FROM %s%s GROUP BY %s', $select, $from, where('WHERE', @where), $group) };
	return;
}

# Theirs selects the places as well, after the columns that are compared.
sub select_with_places
{
	my (@values) = @_;
	my $pairs = list(map { $_->{pair} } @values);
	my @places = map { $_->{sort}[1] } grep { $_->{sort} } @values;
	return [ $pairs->[0], join ', ', $pairs->[1], @places ];
}

sub distinct
{
	my ($self) = @_;
	my ($from, @rows) = $self->from;
	my @values = map { value_of(pick(@rows)) } 0 .. int rand 3;
	my @where = $self->conditions(@rows);
	$self->{columns} = @values;
	$self->{ordered} = chance(0.75);
	my $order = $self->{ordered} ? both(' ORDER BY %s', list(map { both('%s' . direction(), sort_pair($_)) } @values)) : both('');
	my $limit = $self->limit($self->{ordered} ? 0.4 : 0);
	$self->{sql} = sub {
		both('SELECT DISTINCT %s FROM %s%s%s%s', select_with_places(@values), $from, where('WHERE', @where), $order, piece_sql($limit));
	};
	return;
}

sub distinct_on
{
	my ($self) = @_;
	my ($from, @rows) = $self->from;
	my @keys = map { value_of(pick(@rows)) } 0 .. int rand 2;
	my @where = $self->conditions(@rows);
	$self->{columns} = @keys + @rows;
	$self->{ordered} = 1;
	my $on = list(map { sort_pair($_) } @keys);
	my $order = list((map { both('%s' . direction(), sort_pair($_)) } @keys), map { both("$_.id" . pick('', ' DESC')) } @rows);
	my $limit = $self->limit(0.4);
	my $select = list((map { $_->{pair} } @keys), map { both("$_.id") } @rows);
	$self->{sql} = sub {
		both('SELECT DISTINCT ON (%s) %s FROM %s%s ORDER BY %s%s', $on, $select, $from, where('WHERE', @where), $order, piece_sql($limit));
	};
	return;
}

sub windows
{
	my ($self) = @_;
	my ($from, @rows) = $self->from;
	my @ids = map { both("$_.id") } @rows;
	my $code = code(pick(@rows));
	my $partition = chance(0.6) ? both('PARTITION BY %s ', sort_pair(value_of(pick(@rows)))) : both('');
	my $order = list(both('%s' . direction(), sort_pair(value_of(pick(@rows)))), @ids);
	$order = list(@ids) if chance(0.4);
	my $function = pick(
		both('row_number()'), both('row_number()'), both('rank()'), both("lag($rows[0].id)"), both('lag(%s)', $code->{pair}),
		both('first_value(%s)', $code->{pair}), both('count(*)'), both('count(*) FILTER (WHERE %s)', $self->flag($rows[0])));
	my @where = $self->conditions(@rows);
	my $wrap = $function->[0] =~ /row_number|rank/ && chance(0.5) ? ' WHERE w.n <= ' . pick(1, 4) : '';
	my $sorted = join ', ', map { "w.id$_" } 0 .. $#rows;
	my $select = list(map { both("$rows[$_].id AS id$_") } 0 .. $#rows);
	my $limit = $self->limit(0.3);
	$self->{columns} = 1 + @rows;
	$self->{ordered} = 1;
	$self->{sql} = sub {
		both("SELECT * FROM (SELECT %s OVER (%sORDER BY %s) AS n, %s FROM %s%s) AS w$wrap ORDER BY $sorted%s",
			$function, $partition, $order, $select, $from, where('WHERE', @where), piece_sql($limit));
	};
	return;
}

# UNION, INTERSECT or EXCEPT of two queries with columns of the same kinds.
sub set_operation
{
	my ($self) = @_;
	my $operation = pick('UNION', 'UNION ALL', 'UNION ALL', 'INTERSECT', 'EXCEPT', 'INTERSECT ALL', 'EXCEPT ALL');
	my $with_number = pick('', '', 'a', 'id');
	my $as_text = chance(0.1);
	my @branches;
	for (0, 1)
	{
		my ($row, $from) = $self->relation;
		my @where = $self->conditions($row);
		my $code = code($row);
		my $text = chance(0.5) ? "$row.txt" : undef;
		my $first = !$as_text ? $code->{pair} : $text ? both($text) : [ "$code->{pair}[0]::text", $code->{pair}[1] ];
		my @select = ($first, $with_number ? both("$row.$with_number") : ());
		my $place = $as_text ? [ '', '' ] : [ '', ", $code->{place}[1]" ];
		push @branches, sub { both('SELECT %s%s FROM %s%s', list(@select), $place, $from, where('WHERE', @where)) };
	}
	$self->{columns} = $with_number ? 2 : 1;
	$self->{ordered} = chance(0.8);
	my ($first, $second) = (direction(), direction());
	my $sort = $as_text ? both("1$first") : [ "1$first", ($with_number ? 3 : 2) . $first ];
	my $order = both(' ORDER BY %s', pick(0, 1) && $with_number ? both("2$second, %s", $sort) : $with_number ? both("%s, 2$second", $sort) : $sort);
	$order = both('') unless $self->{ordered};
	my $limit = $self->limit($self->{ordered} ? 0.5 : 0);
	$self->{sql} = sub { both("%s $operation %s%s%s", $branches[0]->(), $branches[1]->(), $order, piece_sql($limit)) };
	return;
}

sub lateral
{
	my ($self) = @_;
	my ($row, $from) = $self->relation;
	my ($inner, $relation) = $self->relation;
	my @where = $self->conditions($row);
	my @inner = ($self->piece(pick(both("$inner.a = $row.a"), both("$inner.id > $row.id"), both('%s = %s', code($inner)->{pair}, code($row)->{pair}),
		both("$inner.txt = %s", code($row)->{pair}), both("%s = $row.txt", code($inner)->{pair}),
		both('%s > %s', code($inner, 'status')->{place}, code($row, 'status')->{place}),
		[ "in_category($inner.status, $row.cat)", "$inner.status_category = $row.cat" ])), $self->conditions($inner));
	my $order = list($self->order_keys($inner));
	my $join = pick('CROSS JOIN LATERAL %s', 'LEFT JOIN LATERAL %s ON true');
	my $number = pick(1, 2, 3);
	my $limit = $self->limit(0.5);
	$self->{columns} = 3;
	$self->{ordered} = 1;
	$self->{sql} = sub {
		my $x = both("(SELECT $inner.id, $inner.status FROM %s%s ORDER BY %s LIMIT $number) AS x", $relation, where('WHERE', @inner), $order);
		both("SELECT $row.id, x.id, x.status FROM %s $join%s ORDER BY $row.id, x.id%s", $from, $x, where('WHERE', @where), piece_sql($limit));
	};
	return;
}

sub scalar_subquery
{
	my ($self) = @_;
	my ($row, $from) = $self->relation;
	my ($inner, $relation) = $self->relation;
	my @where = $self->conditions($row);
	my @inner = ($self->piece(pick(both("$inner.a = $row.a"), both("$inner.id <= $row.id"), both('%s = %s', code($inner)->{pair}, code($row)->{pair}),
		both("$inner.txt = %s", code($row)->{pair}), both("%s = $row.txt", code($inner)->{pair}))), $self->conditions($inner));
	my $aggregate = $self->aggregate($inner);
	my @keys = $self->order_keys($row);
	my $limit = $self->limit(0.6);
	$self->{columns} = 2;
	$self->{ordered} = 1;
	$self->{sql} = sub {
		both("SELECT $row.id, (SELECT %s FROM %s%s) FROM %s%s ORDER BY %s%s", $aggregate, $relation, where('WHERE', @inner), $from,
			where('WHERE', @where), list(@keys), piece_sql($limit));
	};
	return;
}

# The condition of a row-level security policy, over columns without an alias.
sub policy
{
	my ($class, $world) = @_;
	return pick(
		[ 'is_retryable(status) OR a < 3', 'status_retryable OR a < 3' ],
		[ 'NOT is_success(status)', 'NOT status_success' ],
		[ "in_category(status, 'server') OR id > 100", "status_category = 'server' OR id > 100" ],
		[ "NOT from_provider(status, 'basiq')", "status_provider <> 'basiq'" ],
		[ 'builtin_is_error(status)', 'status_builtin_error' ],
		[ 'id % 3 > 0', 'id % 3 > 0' ]);
}

1;
