SELECT * FROM dashboard_providers
