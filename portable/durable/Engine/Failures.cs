using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Engine;

/// <summary>Failure details from exceptions, and to and from the JSON that the tables hold.</summary>
internal static class Failures
{
    public const string ActivityNotFound = "ActivityTaskNotFound";
    public const string OrchestratorNotFound = "OrchestratorTaskNotFound";

    private static readonly JsonSerializerOptions Format = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static TaskFailureDetails From(Exception exception) => exception switch
    {
        TaskFailedException failed => Create(typeof(TaskFailedException).FullName!, failed.Message, failed.StackTrace, failed.FailureDetails),
        NonDeterminismException => Create(NonDeterminismException.ErrorType, exception.Message),
        AggregateException { InnerExceptions: [var only] } => From(only),
        _ => Create(exception.GetType().ToString(), exception.Message, exception.StackTrace, exception.InnerException is { } inner ? From(inner) : null),
    };

    public static TaskFailureDetails Create(string type, string message, string? stackTrace = null, TaskFailureDetails? inner = null) =>
        new(type, message, stackTrace, inner, null);

    public static string Serialize(TaskFailureDetails details) => JsonSerializer.Serialize(Stored.From(details), Format);

    public static TaskFailureDetails Deserialize(string json) => JsonSerializer.Deserialize<Stored>(json, Format)!.ToDetails();

    /// <summary>The stored shape, our own: the model's record may gain members.</summary>
    private sealed record Stored(string Type, string Message, string? Stack, Stored? Inner, IDictionary<string, object?>? Properties)
    {
        public static Stored From(TaskFailureDetails details) =>
            new(details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure is { } inner ? From(inner) : null, details.Properties);

        public TaskFailureDetails ToDetails() => new(Type, Message, Stack, Inner?.ToDetails(), Properties);
    }
}
