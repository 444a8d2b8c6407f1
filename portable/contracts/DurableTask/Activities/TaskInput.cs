namespace Microsoft.DurableTask;

internal static class TaskInput
{
    /// <summary>Absent input becomes the type's default value; a wrong type is the caller's error.</summary>
    public static T Cast<T>(object? input) => input switch
    {
        null => default!,
        T typed => typed,
        _ => throw new ArgumentException($"Input type '{input.GetType()}' does not match the expected type '{typeof(T)}'.", nameof(input)),
    };
}
