namespace Navi.Drills.Routing;

/// <summary>One alert in one message of Alertmanager.</summary>
/// <param name="Receiver">Who got it: <c>pagerduty</c> or <c>slack</c>.</param>
/// <param name="Alert">Name of the alert.</param>
/// <param name="Severity"><c>page</c> or <c>ticket</c>.</param>
/// <param name="Status"><c>firing</c> or <c>resolved</c>.</param>
/// <param name="Summary">Its summary.</param>
/// <param name="At">When it came.</param>
internal sealed record Delivery(string Receiver, string Alert, string Severity, string Status, string Summary, DateTimeOffset At);
