using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Telemetry;

/// <summary>One event.</summary>
/// <param name="Id">The client's id of it, a UUID.</param>
/// <param name="Type">command, page, action, performance or error.</param>
/// <param name="Name">What happened.</param>
/// <param name="Source">cli, console, sdk or other.</param>
/// <param name="Category">Group of names; null for <c>general</c>.</param>
/// <param name="OccurredAt">When, by the client's clock; null: now.</param>
/// <param name="Data">More about it.</param>
/// <param name="SessionId">Session of the client.</param>
/// <param name="SourceVersion">Version of the client.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="Error">Only and always of an error.</param>
internal sealed record TelemetryEventBody(
    [property: RequiredMember, Description("The client's id of the event, a UUID: the same id again is the same event.")] string? Id,
    [property: RequiredMember, AllowedValues("command", "page", "action", "performance", "error")] string? Type,
    [property: RequiredMember, Description("What happened, such as run or task-opened."), StringLength(100, MinimumLength = 1)] string? Name,
    [property: RequiredMember, AllowedValues("cli", "console", "sdk", "other")] string? Source,
    [property: Description("Group of names; general when left out."), StringLength(100)] string? Category = null,
    [property: Description("When it happened by the client's clock, at most seven days ago.")] string? OccurredAt = null,
    [property: Description("More about it: up to 8 KiB, 5 levels deep. Secrets are taken out; texts over 1,000 characters are cut.")] JsonObject? Data = null,
    [property: StringLength(100)] string? SessionId = null,
    [property: StringLength(100)] string? SourceVersion = null,
    [property: Description("How long it took, in milliseconds.")] long? DurationMs = null,
    [property: Description("What failed; only and always of type error.")] TelemetryErrorBody? Error = null);
