namespace Navi.LoadTests.Driving;

/// <summary>The tasks that users look at: the last ones that somebody handed over.</summary>
internal sealed class KnownTasks
{
    private const int Kept = 200;
    private readonly Lock access = new();
    private readonly List<Guid> tasks = [];

    public void Add(Guid task)
    {
        lock (access)
        {
            if (tasks.Count == Kept)
                tasks.RemoveAt(0);
            tasks.Add(task);
        }
    }

    /// <summary>One of them; null while there are none.</summary>
    public Guid? Any(Random random)
    {
        lock (access)
            return tasks.Count == 0 ? null : tasks[random.Next(tasks.Count)];
    }
}
