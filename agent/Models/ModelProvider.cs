using Microsoft.Extensions.AI;

namespace Navi.Agent.Models;

/// <summary>A model inside this process that tasks may name, beside the entries of <c>Navi:Models</c>.</summary>
/// <param name="Name">Provider's name, such as <c>rules</c>.</param>
/// <param name="Client">The client; it is asked without streaming.</param>
public sealed record ModelProvider(string Name, IChatClient Client)
{
    /// <summary>Nothing it is told leaves this process, so it may serve tasks of the mode <c>private</c>. Default false.</summary>
    public bool StaysHere { get; init; }

    /// <summary>Its tokens cost nothing. Default false: they are recorded as unpriced.</summary>
    public bool IsFree { get; init; }
}
