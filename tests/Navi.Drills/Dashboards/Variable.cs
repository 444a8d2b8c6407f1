namespace Navi.Drills.Dashboards;

/// <summary>A variable of a dashboard whose values come from a metric's label.</summary>
/// <param name="Dashboard">Uid of its dashboard.</param>
/// <param name="Name">Its name, without the dollar sign.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Label">The label.</param>
internal sealed record Variable(string Dashboard, string Name, string Metric, string Label);
