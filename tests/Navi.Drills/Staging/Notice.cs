namespace Navi.Drills.Staging;

/// <summary>One alert as a receiver hears of it.</summary>
/// <param name="Receiver">Alertmanager's receiver.</param>
/// <param name="Alert">The alert's name.</param>
/// <param name="Status"><c>firing</c> or <c>resolved</c>.</param>
/// <param name="Summary">Its summary.</param>
/// <param name="At">When it came.</param>
internal sealed record Notice(string Receiver, string Alert, string Status, string Summary, DateTimeOffset At);
