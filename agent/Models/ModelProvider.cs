using Microsoft.Extensions.AI;

namespace Navi.Agent.Models;

/// <summary>A model that tasks may name.</summary>
/// <param name="Name">Provider's name, such as <c>rules</c>.</param>
/// <param name="Client">The client.</param>
public sealed record ModelProvider(string Name, IChatClient Client);
