using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Tools;

namespace Navi.Agent.Models;

/// <summary>A tool of the registry as a model is told of it; calling it is the ledger's business, never the client's.</summary>
internal sealed class ToolDeclaration(ITool tool) : AIFunctionDeclaration
{
    public override string Name => tool.Name;

    public override string Description => tool.Description;

    public override JsonElement JsonSchema => tool.ArgumentSchema;
}
