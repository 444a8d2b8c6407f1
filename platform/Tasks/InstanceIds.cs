using System.Globalization;

namespace Navi.Platform.Tasks;

/// <summary>Ids of orchestrations: lower-case letters, digits and hyphens, never used twice.</summary>
public static class InstanceIds
{
    /// <summary>The task's own orchestration.</summary>
    public static string Task(Guid task) => task.ToString("d");

    /// <summary>The task's n-th checkpoint.</summary>
    public static string Checkpoint(Guid task, int number) => string.Create(CultureInfo.InvariantCulture, $"{task:d}-cp-{number}");
}
