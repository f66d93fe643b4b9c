\set id random(1, 1000)
SELECT code_description(status) FROM point WHERE id = :id AND is_retryable(status);
