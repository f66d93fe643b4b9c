\set id random(1, 1000)
SELECT code_description(status), is_retryable(status) FROM point WHERE id = :id;
