namespace Navi.Drills.GoLive;

/// <summary>Something wrong with a deployment, and what finds it.</summary>
/// <param name="Item">The one item of the checklist that must fail.</param>
/// <param name="What">What is wrong.</param>
/// <param name="PlantAsync">Makes it wrong; returns arguments of the command that differ from those of the healthy run.</param>
/// <param name="MendAsync">Makes it right again.</param>
internal sealed record PlantedFault(string Item, string What, Func<CancellationToken, Task<IReadOnlyDictionary<string, string>>> PlantAsync, Func<CancellationToken, Task> MendAsync);
