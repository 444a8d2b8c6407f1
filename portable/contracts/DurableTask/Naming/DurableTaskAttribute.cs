namespace Microsoft.DurableTask;

/// <summary>Names an orchestrator or activity class; without it the class's own name counts.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class DurableTaskAttribute : Attribute
{
    public DurableTaskAttribute(string? name = null) => Name = name is null ? default : new TaskName(name);

    public TaskName Name { get; }

    public string? Version { get; set; }
}
