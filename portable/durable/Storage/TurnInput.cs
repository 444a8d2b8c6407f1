using Navi.Portable.Durable.Engine;

namespace Navi.Portable.Durable.Storage;

/// <summary>What a turn works on.</summary>
/// <param name="More">There may be more messages than were read.</param>
/// <param name="Now">The turn's time, UTC, the database's.</param>
/// <param name="InstanceInput">The instance's input, also when that lies apart.</param>
internal sealed record TurnInput(IReadOnlyList<InboxMessage> Messages, IReadOnlyList<HistoryEvent> History, DateTime Now, bool More, string? InstanceInput);
