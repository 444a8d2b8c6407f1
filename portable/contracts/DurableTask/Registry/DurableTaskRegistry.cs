using System.Reflection;

namespace Microsoft.DurableTask;

/// <summary>The orchestrators and activities that a worker knows, by name.</summary>
public sealed partial class DurableTaskRegistry
{
    private readonly Dictionary<TaskName, Func<IServiceProvider, ITaskOrchestrator>> orchestrators = [];
    private readonly Dictionary<TaskName, Func<IServiceProvider, ITaskActivity>> activities = [];

    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskOrchestrator>>> GetOrchestrators() => [.. orchestrators];

    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskActivity>>> GetActivities() => [.. activities];

    private static TaskName NameOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.GetCustomAttribute<DurableTaskAttribute>() is { Name.Name.Length: > 0 } attribute ? attribute.Name : new TaskName(type.Name);
    }

    private static void CheckImplements<T>(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.IsAbstract || !typeof(T).IsAssignableFrom(type))
            throw new ArgumentException($"The type {type} is not a concrete {typeof(T).Name}.", nameof(type));
    }

    private DurableTaskRegistry Add<T>(Dictionary<TaskName, Func<IServiceProvider, T>> tasks, TaskName name, Func<IServiceProvider, T> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        if (name.Name.Length == 0) throw new ArgumentException("A task needs a name.", nameof(name));
        if (!tasks.TryAdd(name, factory)) throw new ArgumentException($"A task named '{name}' is already added.", nameof(name));
        return this;
    }
}
