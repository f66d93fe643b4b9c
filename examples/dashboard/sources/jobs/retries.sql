SELECT * FROM dashboard_retries
