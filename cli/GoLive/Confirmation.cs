using System.Text.Json.Serialization;

namespace Navi.Cli.GoLive;

/// <summary>What a person answers for, as one entry of a file of confirmations.</summary>
/// <param name="Item">The item.</param>
/// <param name="By">Who.</param>
/// <param name="On">On which day.</param>
/// <param name="Note">What that person saw, or where it is written down.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Confirmation(string? Item, string? By, DateOnly? On, string? Note);
