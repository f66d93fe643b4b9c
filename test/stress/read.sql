-- Asks twice in a transaction. Within it only READ COMMITTED may give another generation.
-- include begin
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset a_
\set wait random(0, 4)
\sleep :wait ms
SELECT stale, torn, g1, g2, g3 FROM stress.findings \gset b_
\set stale :a_stale + :b_stale
\set torn :a_torn + :b_torn
\set moved case when :level > 1 and (:a_g1 <> :b_g1 or :a_g2 <> :b_g2 or :a_g3 <> :b_g3) then 1 else 0 end
\if :stale + :torn + :moved > 0
SELECT stress.report(:stale, :torn, :moved);
\endif
COMMIT;
