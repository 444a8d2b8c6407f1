using System.Text.Json.Nodes;
using Navi.Platform.Telemetry.Events;

namespace Navi.Platform.Tests.Telemetry.Events;

public sealed class TelemetryDataTests
{
    [Theory]
    [InlineData("""{"password":["hunter2"]}""", """{"password":"[redacted]"}""")]
    [InlineData("""{"credentials":{"value":"x"}}""", """{"credentials":"[redacted]"}""")]
    [InlineData("""{"passwords":["hunter2"],"apiKeys":[[1]],"cookies":{}}""", """{"passwords":"[redacted]","apiKeys":"[redacted]","cookies":"[redacted]"}""")]
    [InlineData("""{"a":[{"client_secret":{"deep":[{"er":"x"}]}}]}""", """{"a":[{"client_secret":"[redacted]"}]}""")]
    [InlineData("""{"token":7,"pwd":true,"secret":null}""", """{"token":"[redacted]","pwd":"[redacted]","secret":null}""")]
    [InlineData("""{"input_tokens":7,"key":"a","values":["x"]}""", """{"input_tokens":7,"key":"a","values":["x"]}""")]
    public void Clean_BelowASecretsName_NothingIsKept(string given, string kept) => Assert.Equal(kept, TelemetryData.Clean(JsonNode.Parse(given)!.AsObject()));
}
