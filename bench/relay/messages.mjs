// The messages of the load. The MeterValues is a common one (clock-aligned, five measurands), filled up
// to 800 bytes.

const sampled = (value, measurand, unit) => ({
  value,
  context: "Sample.Clock",
  format: "Raw",
  measurand,
  location: "Outlet",
  unit,
});

const meterValues = (id) => {
  const sampledValue = [
    sampled("1284356.7", "Energy.Active.Import.Register", "Wh"),
    sampled("11040.0", "Power.Active.Import", "W"),
    sampled("16.1", "Current.Import", "A"),
    sampled("229.8", "Voltage", "V"),
    sampled("57", "SoC", "Percent"),
  ];
  const meterValue = [{ timestamp: "2025-03-01T12:15:00.000Z", sampledValue }];
  const payload = { connectorId: 1, transactionId: 48151623, meterValue };
  const text = () => JSON.stringify([2, id, "MeterValues", payload]);
  sampledValue[4].value += " ".repeat(Math.max(0, 800 - text().length));
  return text();
};

const heartbeat = (id) => JSON.stringify([2, id, "Heartbeat", {}]);

/** A CALL of this action with this id, as the text of its frame. */
export function callText(action, id) {
  return action === "Heartbeat" ? heartbeat(id) : meterValues(id);
}
