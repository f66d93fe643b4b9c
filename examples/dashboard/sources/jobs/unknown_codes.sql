SELECT * FROM dashboard_unknown_codes
