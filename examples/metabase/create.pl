#!/usr/bin/perl
# Creates the dashboard of dashboard.json in a Metabase, through its HTTP API: a collection with the questions, and a dashboard
# of them with a filter by provider. Needs Perl alone, and IO::Socket::SSL (Debian: libio-socket-ssl-perl) if the address
# begins with https.
#
# Usage: METABASE_URL=http://localhost:3000 METABASE_API_KEY=mb_... perl create.pl DATABASE
#
# DATABASE is the name that Metabase shows for the database with the views of dashboard_views.sql. An administrator makes the
# key under Admin settings > Settings > Authentication > API keys; its group must be allowed to create collections and native
# queries. Metabase has such keys since version 49. To remove everything, delete the collection.
use strict;
use warnings;

use FindBin;
use HTTP::Tiny;
use JSON::PP;

my ($database) = @ARGV;
my ($url, $key) = @ENV{qw(METABASE_URL METABASE_API_KEY)};
die "Usage: METABASE_URL=http://HOST:PORT METABASE_API_KEY=KEY perl $0 DATABASE\n" unless @ARGV == 1 && $url && $key;
$url =~ s{/+$}{};

my $json = JSON::PP->new->utf8->canonical;
my $http = HTTP::Tiny->new(timeout => 60, default_headers => { 'x-api-key' => $key, 'Content-Type' => 'application/json' });

# Calls the API and returns what it answers. Ends with one sentence where it refuses.
sub api
{
	my ($method, $path, $body) = @_;
	my $answer = $http->request($method, "$url/api/$path", defined $body ? { content => $json->encode($body) } : {});
	return $json->decode($answer->{content}) if $answer->{success};
	my $reason = substr $answer->{content} // '', 0, 300;
	$reason =~ s/\s+/ /g;
	die "$url does not answer: $reason\n" if $answer->{status} == 599;
	die "Metabase does not accept the key in METABASE_API_KEY\n" if $answer->{status} == 401;
	die "Metabase refuses $method /api/$path: $answer->{status} $answer->{reason}: $reason\n";
}

sub read_file
{
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	local $/ = undef;
	return scalar <$in>;
}

# The tag of the clause [[AND provider = {{provider}}]], which Metabase leaves out while nothing is chosen.
my %tag = (provider => { id => '5b1f8b0e-3c55-4e3c-9d0a-6c2f4b7d9a11', name => 'provider', 'display-name' => 'Provider', type => 'text' });

# Creates the question that a card of dashboard.json describes, and returns its number.
sub create_question
{
	my ($card, $database_id, $collection_id) = @_;
	my $query = join "\n", @{ $card->{query} };
	return api(
		'POST', 'card',
		{
			collection_id          => $collection_id,
			name                   => $card->{name},
			description            => $card->{description},
			display                => $card->{display},
			visualization_settings => $card->{visualization_settings},
			dataset_query          => {
				type     => 'native',
				database => $database_id,
				native   => { query => $query, 'template-tags' => $query =~ /\{\{provider\}\}/ ? \%tag : {} }
			}
		})->{id};
}

my $definition = $json->decode(read_file("$FindBin::RealBin/dashboard.json"));

my $databases = api('GET', 'database');
$databases = $databases->{data} if ref $databases eq 'HASH';
my ($found) = grep { $_->{name} eq $database } @$databases;
die "Metabase has no database \"$database\", but: " . (join(', ', map { $_->{name} } @$databases) || 'none') . "\n" unless $found;

my $collection = api('POST', 'collection', { name => $definition->{name}, description => $definition->{description} })->{id};
my $dashboard = api('POST', 'dashboard', { name => $definition->{name}, description => $definition->{description}, collection_id => $collection })->{id};

my $providers = create_question($definition->{providers}, $found->{id}, $collection);
my %parameter = (
	id                   => 'f0a1c2d3',
	name                 => 'Provider',
	slug                 => 'provider',
	type                 => 'string/=',
	sectionId            => 'string',
	isMultiSelect        => JSON::PP::false,
	values_query_type    => 'list',
	values_source_type   => 'card',
	values_source_config => { card_id => $providers, value_field => [ 'field', 'provider', { 'base-type' => 'type/Text' } ] });

my @places;
for my $card (@{ $definition->{cards} })
{
	my $id = create_question($card, $found->{id}, $collection);
	push @places,
	  {
		id                     => -@places - 1,    # a number below zero is one that is new
		card_id                => $id,
		visualization_settings => {},
		series                 => [],
		parameter_mappings     => [ { parameter_id => $parameter{id}, card_id => $id, target => [ 'variable', [ 'template-tag', 'provider' ] ] } ],
		map { $_ => $card->{$_} } qw(row col size_x size_y)
	  };
}
api('PUT', "dashboard/$dashboard", { parameters => [ \%parameter ], dashcards => \@places });
print "$url/dashboard/$dashboard\n";
