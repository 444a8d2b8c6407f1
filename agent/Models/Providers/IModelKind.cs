using Microsoft.Extensions.AI;
using Navi.Agent.Models.Options;

namespace Navi.Agent.Models.Providers;

/// <summary>A protocol that models are reached by. It makes the client and nothing more: retries, time-outs, limits and records are the router's.</summary>
internal interface IModelKind
{
    /// <summary>Value of <see cref="ModelEntry.Kind"/>.</summary>
    string Name { get; }

    /// <summary>Nothing it is told leaves this process and its tokens cost nothing, such as a recording.</summary>
    bool StaysHere => false;

    /// <summary>What is wrong with an entry of this kind: each the option's name below the entry, its value (never a key's) and what would be right.</summary>
    IEnumerable<string> Problems(ModelEntry entry);

    /// <summary>Address of the entry; null for a kind that calls nobody.</summary>
    Uri? Endpoint(ModelEntry entry);

    /// <summary>A client that makes exactly one HTTP request for each call, through <paramref name="http"/>.</summary>
    IChatClient Create(ModelEntry entry, HttpClient http);
}
