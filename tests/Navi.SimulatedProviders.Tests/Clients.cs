using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Azure.AI.OpenAI;
using Microsoft.Extensions.AI;
using Navi.SimulatedProviders.Serving;
using OllamaSharp;
using OpenAI;

namespace Navi.SimulatedProviders.Tests;

/// <summary>The vendors' own clients, without retries of theirs.</summary>
internal static class Clients
{
    public static IChatClient Of(string protocol, SimulatedProvider server, string key = "some-key") => protocol switch
    {
        "openai" => new OpenAIClient(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(server.Address + "/v1"), RetryPolicy = new ClientRetryPolicy(0) }).GetChatClient("gpt").AsIChatClient(),
        "azure_openai" => new AzureOpenAIClient(new Uri(server.Address), new ApiKeyCredential(key), new AzureOpenAIClientOptions { RetryPolicy = new ClientRetryPolicy(0) }).GetChatClient("deployed").AsIChatClient(),
        "anthropic" => new AnthropicClient { ApiKey = key, BaseUrl = server.Address, MaxRetries = 0 }.AsIChatClient("claude", 1000),
        _ => new OllamaApiClient(new Uri(server.Address), "llama"),
    };

    public static async Task<ChatResponse> AskAsync(this IChatClient client, bool streaming, params IList<ChatMessage> messages)
    {
        var options = new ChatOptions { MaxOutputTokens = 500, Tools = [AIFunctionFactory.Create((string path) => path, "read_file", "Reads a file.")] };
        return streaming ? await client.GetStreamingResponseAsync(messages, options).ToChatResponseAsync() : await client.GetResponseAsync(messages, options);
    }
}
