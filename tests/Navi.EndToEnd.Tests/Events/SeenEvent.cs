using System.Text.Json;

namespace Navi.EndToEnd.Tests.Events;

/// <summary>An event as it came out of a stream.</summary>
internal sealed record SeenEvent(long Id, string Type, JsonElement Data);
