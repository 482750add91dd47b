"""What the phone app asks: devices, situation, alerts, districts, shelters."""
