namespace Navi.Portable.Durable.Engine;

internal static class InboxOrder
{
    /// <summary>
    /// The start, or the rewinding, first; everything else as it was sent, whatever the clock did meanwhile; timers by due time, between the
    /// messages that came before and after that time.
    /// </summary>
    public static IReadOnlyList<InboxMessage> Sort(IReadOnlyList<(InboxMessage Message, DateTime VisibleAt)> unordered)
    {
        var sent = new Queue<(InboxMessage Message, DateTime VisibleAt)>(
            unordered.Where(entry => !entry.Message.Begins && entry.Message.Kind != MessageKind.TimerFired).OrderBy(entry => entry.Message.Id));
        var timers = new Queue<(InboxMessage Message, DateTime VisibleAt)>(
            unordered.Where(entry => entry.Message.Kind == MessageKind.TimerFired).OrderBy(entry => entry.VisibleAt).ThenBy(entry => entry.Message.Id));
        var ordered = new List<InboxMessage>(unordered.Where(entry => entry.Message.Begins).Select(entry => entry.Message));
        while (sent.Count + timers.Count > 0)
        {
            var takeTimer = sent.Count == 0 || (timers.Count > 0 && timers.Peek().VisibleAt < sent.Peek().VisibleAt);
            ordered.Add((takeTimer ? timers : sent).Dequeue().Message);
        }
        return ordered;
    }
}
