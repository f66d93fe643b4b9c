SELECT * FROM dashboard_period
