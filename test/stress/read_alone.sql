-- Asks outside of a transaction block.
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\if :a_stale + :a_torn > 0
SELECT stress.report(:a_stale, :a_torn, 0);
\endif
