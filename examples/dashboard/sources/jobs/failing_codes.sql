SELECT * FROM dashboard_failing_codes
