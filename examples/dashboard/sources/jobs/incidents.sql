SELECT * FROM dashboard_incidents
