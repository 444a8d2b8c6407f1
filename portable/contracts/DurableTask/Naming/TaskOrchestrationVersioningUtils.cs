namespace Microsoft.DurableTask.Abstractions;

public static class TaskOrchestrationVersioningUtils
{
    /// <summary>Orders versions: none first, then dotted numbers by number, anything else by text without regard to case.</summary>
    public static int CompareVersions(string sourceVersion, string otherVersion)
    {
        var sourceEmpty = string.IsNullOrWhiteSpace(sourceVersion);
        var otherEmpty = string.IsNullOrWhiteSpace(otherVersion);
        if (sourceEmpty || otherEmpty) return otherEmpty.CompareTo(sourceEmpty);
        return Version.TryParse(sourceVersion, out var source) && Version.TryParse(otherVersion, out var other)
            ? source.CompareTo(other)
            : string.Compare(sourceVersion, otherVersion, StringComparison.OrdinalIgnoreCase);
    }
}
