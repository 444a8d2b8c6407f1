using System.Net;
using System.Text.Json;
using Navi.SimulatedProviders.Serving;

namespace Navi.SimulatedProviders.Tests;

public sealed class ValidationTests
{
    private const string OpenAi = "/v1/chat/completions";
    private const string Azure = "/openai/deployments/d/chat/completions?api-version=2024-10-21";
    private const string Anthropic = "/v1/messages";

    [Theory]
    [InlineData(OpenAi, """{"model":"m","messages":[{"role":"user","content":"x"}],"top":1}""", "Unknown parameter: 'top'.")]
    [InlineData(OpenAi, """{"messages":[{"role":"user","content":"x"}]}""", "Missing required parameter: 'model'.")]
    [InlineData(OpenAi, """{"model":"m","messages":[{"role":"user","content":5}]}""", "Invalid type for 'messages[0].content'")]
    [InlineData(OpenAi, """{"model":"m","messages":[{"role":"robot","content":"x"}]}""", "Invalid value")]
    [InlineData(OpenAi, """{"model":"m","messages":[{"role":"user","content":"x"}],"max_completion_tokens":"9"}""", "an integer")]
    [InlineData(OpenAi, """{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"a b"}}]}""", "tools[0].function.name")]
    [InlineData(OpenAi, """{"model":"m","messages":[{"role":"user","content":"x"},{"role":"tool","tool_call_id":"1","content":"r"}]}""", "must be a response to a preceeding message")]
    [InlineData(OpenAi, """{"model":"m","messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"user","content":"x"}]}""", "did not have response messages: 1")]
    [InlineData(OpenAi, "{", "Invalid type for 'body'")]
    [InlineData(Azure, """{"messages":[{"role":"user","content":"x"}],"service_tier":"auto"}""", "Unknown parameter: 'service_tier'.")]
    [InlineData("/openai/deployments/d/chat/completions", """{"messages":[{"role":"user","content":"x"}]}""", "api-version")]
    [InlineData(Anthropic, """{"model":"m","messages":[{"role":"user","content":"x"}]}""", "max_tokens: Field required")]
    [InlineData(Anthropic, """{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"n":1}""", "n: Extra inputs are not permitted")]
    [InlineData(Anthropic, """{"model":"m","max_tokens":5,"messages":[{"role":"system","content":"x"}]}""", "messages.0.role")]
    [InlineData(Anthropic, """{"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"text","text":""}]}]}""", "messages.0.content.0.text")]
    [InlineData(Anthropic, """{"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r"}]}]}""", "unexpected `tool_use_id`")]
    [InlineData(Anthropic, """{"model":"m","max_tokens":5,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},{"role":"user","content":[{"type":"text","text":"x"},{"type":"tool_result","tool_use_id":"t"}]}]}""", "must come first")]
    [InlineData(Anthropic, """{"model":"m","max_tokens":5,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},{"role":"user","content":"x"}]}""", "without `tool_result` blocks")]
    [InlineData(Anthropic, """{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"tools":[{"name":"f","input_schema":{"type":"string"}}]}""", "tools.0.input_schema.type")]
    [InlineData("/api/chat", """{"model":"m","messages":[{"role":"x"}]}""", "messages.0.role")]
    public async Task Request_BeyondTheDescription_IsTheVendors400AndCounted(string path, string body, string message)
    {
        await using var server = await SimulatedProvider.StartAsync();

        using var answer = await PostAsync(server, path, body);
        var text = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = text.GetProperty("error");
        Assert.Contains(message, error.ValueKind == JsonValueKind.String ? error.GetString() : error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(server.Violations);
    }

    [Theory]
    [InlineData(OpenAi, """{"model":"m","messages":[{"role":"developer","content":"x"},{"role":"user","content":[{"type":"text","text":"x"}]}],"temperature":0.5,"stop":["a"],"seed":1}""")]
    [InlineData(Azure, """{"messages":[{"role":"user","content":"x"}],"max_tokens":5}""")]
    [InlineData(Anthropic, """{"model":"m","max_tokens":5,"system":"s","messages":[{"role":"user","content":"x"},{"role":"user","content":"y"}],"tool_choice":{"type":"auto"}}""")]
    public async Task Request_WithinTheDescription_IsAnswered(string path, string body)
    {
        await using var server = await SimulatedProvider.StartAsync();

        using var answer = await PostAsync(server, path, body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(server.Violations);
    }

    private static async Task<HttpResponseMessage> PostAsync(SimulatedProvider server, string path, string body)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("api-key", "k");
        http.DefaultRequestHeaders.Add("x-api-key", "k");
        http.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        http.DefaultRequestHeaders.Add("Authorization", "Bearer k");
        return await http.PostAsync(server.Address + path, new StringContent(body));
    }
}
