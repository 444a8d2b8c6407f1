namespace Navi.LoadTests.Reporting;

/// <summary>The tasks of a run; every one that was begun counts.</summary>
/// <param name="Begun">How many.</param>
/// <param name="Failed">Of these, without published work.</param>
/// <param name="Outcomes">How they ended.</param>
/// <param name="PerMinute">Begun in a minute of the scenario's time.</param>
/// <param name="P50S">Median time from handing over to the last event, in seconds.</param>
/// <param name="P95S">Its 95th percentile.</param>
/// <param name="MaxS">The longest.</param>
/// <param name="MeanThoughtS">Of these, what the user thought.</param>
internal sealed record TaskResult(int Begun, int Failed, IReadOnlyDictionary<string, int> Outcomes, double PerMinute, double P50S, double P95S, double MaxS, double MeanThoughtS);
