using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>A turn on its way into the database.</summary>
/// <param name="Told">What it was handed in memory: to be stored in another way when the turn is not.</param>
internal sealed record PendingTurn(OwnedInstance Owned, TurnWrite Write, IReadOnlyList<InboxMessage> Told, bool More);
