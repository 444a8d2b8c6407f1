using System.Diagnostics;

namespace Navi.Functions.Tests.Tasks.Events;

/// <summary>Counts the queries on a database's events, as Npgsql reports them.</summary>
internal sealed class QueryCounter : IDisposable
{
    private readonly ActivityListener listener;
    private int rounds;
    private int others;

    public QueryCounter(string database)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => Count(activity, database),
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Looks for the events of all followed tasks.</summary>
    public int Rounds => Volatile.Read(ref rounds);

    /// <summary>Other readings of events or their end.</summary>
    public int Others => Volatile.Read(ref others);

    public void Dispose() => listener.Dispose();

    private void Count(Activity activity, string database)
    {
        if (!activity.TagObjects.Any(t => t.Key is "db.namespace" or "db.name" && t.Value as string == database))
            return;
        var text = activity.TagObjects.FirstOrDefault(t => t.Key is "db.query.text" or "db.statement").Value as string ?? "";
        if (text.Contains("task_events", StringComparison.Ordinal) && text.Contains("unnest", StringComparison.Ordinal))
            Interlocked.Increment(ref rounds);
        else if (text.Contains("FROM navi.task_events", StringComparison.Ordinal) || text.Contains("event_seq AS last", StringComparison.Ordinal))
            Interlocked.Increment(ref others);
    }
}
