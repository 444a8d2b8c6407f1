namespace Navi.Platform.Tasks.Events;

/// <summary>What one query found.</summary>
/// <param name="Events">Events, each with the place of its task among the positions that were asked about; of each task in order and without one left out between two others.</param>
/// <param name="MayBeMore">The query was cut short by a bound.</param>
internal sealed record NewEvents(List<(int Place, TaskEvent Event)> Events, bool MayBeMore);
