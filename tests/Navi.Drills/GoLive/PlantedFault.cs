namespace Navi.Drills.GoLive;

/// <summary>Something wrong with a deployment, and what finds it.</summary>
/// <param name="Item">The item of the checklist that must fail.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Says">Pattern of everything that the item must say. Several faults are planted at once: what one did to another's item would stand there, too.</param>
/// <param name="PlantAsync">Makes it wrong, and tells the scene how it is made right again.</param>
internal sealed record PlantedFault(string Item, string What, string Says, Func<Scene, CancellationToken, Task> PlantAsync)
{
    /// <summary>Items that fail with it by necessity, because they ask the same.</summary>
    public IReadOnlyList<string> Follows { get; init; } = [];

    /// <summary>One that a statement in NAVI's database makes, and another one mends.</summary>
    public static PlantedFault Sql(string item, string what, string says, string plant, string mend) => new(item, what, says, async (scene, cancellation) =>
    {
        scene.Mend(() => scene.Production.Database.SqlAsync(mend, CancellationToken.None));
        await scene.Production.Database.SqlAsync(plant, cancellation);
    });
}
