# The documentation's pages: README.md and doc/*.md, and the fenced blocks in them.
#
# An ```sql block is run by test/t/045_documentation.pl. A block without a language, or a ```text block, that follows it with
# nothing but blank lines between is its answer: what psql -X -q prints. A comment on the line before an ```sql block changes
# how it is run:
#
#   <!-- not run: REASON -->    not at all
#   <!-- database: NAME -->     it and those after it in a new database of this name, without the extension
package Pages;

use strict;
use warnings;

use Exporter qw(import);

our @EXPORT_OK = qw(pages page blocks section sql_below);

# The pages, in the order in which they are read.
sub pages
{
	return ('README.md', sort glob 'doc/*.md');
}

sub page
{
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!";
	local $/ = undef;
	return scalar <$in>;
}

# The fenced blocks of a page, each a hash: line (where it begins), language, text, and for ```sql blocks comment (a pair of
# word and text, or undef) and answer (undef if there is none). Dies of what is no block: a fence that is indented, or
# that nothing ends.
sub blocks
{
	my ($path) = @_;
	my (@blocks, $open, $comment);
	my $previous;    # the ```sql block that an answer could follow
	my $number = 0;
	for my $line (split /^/, page($path))
	{
		$number++;
		if ($open)
		{
			if ($line =~ /^```$/)
			{
				undef $open;
			}
			else
			{
				$open->{text} .= $line;
			}
		}
		elsif (my ($language) = $line =~ /^```(.*)$/)
		{
			$open = { line => $number, language => $language, text => '' };
			if ($language eq 'sql')
			{
				$open->{comment} = $comment;
				$previous = $open;
				push @blocks, $open;
			}
			elsif ($previous && ($language eq '' || $language eq 'text'))
			{
				$previous->{answer} = $open;
				undef $previous;
			}
			else
			{
				push @blocks, $open;
				undef $previous;
			}
			undef $comment;
		}
		elsif ($line =~ /^\s*(?:>\s*)?(?:```|~~~)/)
		{
			die "$path:$number: a fence that this reader does not know\n";
		}
		elsif ($line =~ /^<!-- ([a-z ]+): (.*) -->$/)
		{
			$comment = [ $1, $2 ];
			undef $previous;
		}
		elsif ($line =~ /\S/)
		{
			undef $comment;
			undef $previous;
		}
	}
	die "$path:$open->{line}: a block without an end\n" if $open;
	$_->{answer} = $_->{answer}{text} for grep { $_->{answer} } @blocks;
	return @blocks;
}

# The text below a heading of a page (or a paragraph's first words), up to the next heading or such paragraph.
sub section
{
	my ($path, $heading) = @_;
	my ($section) = page($path) =~ /^\Q$heading\E(.*?)(?=^#|^\*\*(?!\Q$heading\E)|\z)/ms
	  or die "$path has no \"$heading\"\n";
	return $section;
}

# The texts of the ```sql blocks there.
sub sql_below
{
	return section(@_) =~ /^```sql\n(.*?)^```/msg;
}

1;
