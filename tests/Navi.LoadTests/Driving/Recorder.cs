using System.Collections.Concurrent;
using System.Diagnostics;

namespace Navi.LoadTests.Driving;

/// <summary>Every sample of a run; failures are samples like others.</summary>
internal sealed class Recorder
{
    private readonly ConcurrentQueue<RequestSample> requests = new();
    private readonly ConcurrentQueue<TaskSample> tasks = new();

    /// <summary>Statuses of success.</summary>
    public static readonly IReadOnlySet<string> Good = new HashSet<string>(["200", "201", "204"]);

    /// <summary>Outcomes of success: the work was done and published.</summary>
    public static readonly IReadOnlySet<string> Done = new HashSet<string>(["completed", "completed_unverified"]);

    /// <summary>After this tick nothing is meant to begin but what belongs to tasks under way.</summary>
    public long WindowEnd { get; init; } = long.MaxValue;

    public IReadOnlyCollection<RequestSample> Requests => requests;

    public IReadOnlyCollection<TaskSample> Tasks => tasks;

    /// <summary>Adds a request that was meant to begin at <paramref name="intended"/>, was sent at <paramref name="sent"/> and has ended now.</summary>
    public void Add(string route, string status, long intended, long sent) =>
        requests.Enqueue(new RequestSample(route, status, Stopwatch.GetTimestamp() - intended, sent - intended, intended < WindowEnd));

    public void Add(TaskSample task) => tasks.Enqueue(task);
}
