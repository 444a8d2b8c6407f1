using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>An instance that ended in this process.</summary>
/// <param name="Claim">Under which it was kept: another life of the same id has another.</param>
/// <param name="Instance">As a client would read it, without its payloads.</param>
internal sealed record HeardEnd(InstanceClaim Claim, OrchestrationMetadata Instance);
