using System.Text.Json;
using Navi.Agent.Effects;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools;

/// <summary>A tool whose schema, validation and arguments come from one record.</summary>
/// <typeparam name="TArguments">A record; parameters without a default are required; <c>[Description]</c> on each.</typeparam>
internal abstract class Tool<TArguments> : ITool
    where TArguments : class
{
    private readonly JsonElement schema = ArgumentSchemas.Of(typeof(TArguments));

    public abstract string Name { get; }

    public abstract string Description { get; }

    public JsonElement ArgumentSchema => schema;

    public abstract EffectClass Effect { get; }

    public virtual ToolRisk Risk => ToolRisk.Low;

    public virtual ToolPhase? Phase => null;

    public virtual TreeUse Tree => Effect == EffectClass.Workspace ? TreeUse.Write : TreeUse.Read;

    public virtual TimeSpan Timeout => TimeSpan.FromSeconds(60);

    public virtual int OutputLimit => 16_000;

    public virtual bool Gate => false;

    public virtual bool Ends => false;

    public IReadOnlyList<ArgumentError> Validate(JsonElement arguments) => ArgumentValidator.Validate(schema, arguments);

    public async Task<ToolResult> ExecuteAsync(ToolContext context, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (Validate(arguments) is { Count: > 0 } errors)
            return ToolResult.Error($"{Name} was not run:\n" + string.Join('\n', errors));
        try
        {
            return await RunAsync(context, arguments.Deserialize<TArguments>(ArgumentSchemas.Json)!, cancellationToken);
        }
        catch (PathRefusedException refused)
        {
            return ToolResult.Error(refused.Message);
        }
        catch (WorkspaceException e) when (e.Code == "unsafe_tree")
        {
            // A commit that the call names has files that no directory can hold.
            return ToolResult.Error(e.Message);
        }
    }

    protected abstract Task<ToolResult> RunAsync(ToolContext context, TArguments arguments, CancellationToken cancellationToken);
}
