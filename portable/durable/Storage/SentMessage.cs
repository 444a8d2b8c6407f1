using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Engine;

namespace Navi.Portable.Durable.Storage;

/// <summary>What came of a message that was sent.</summary>
/// <param name="Status">The instance's status when it was sent; null when there is no such instance.</param>
/// <param name="Keeper">The worker that keeps the instance.</param>
/// <param name="Now">The database's time, UTC.</param>
/// <param name="Inbox">Everything that the inbox held then, in order; null when it was not read or is too much.</param>
internal sealed record SentMessage(OrchestrationRuntimeStatus? Status, long? Keeper, DateTime Now, IReadOnlyList<InboxMessage>? Inbox);
