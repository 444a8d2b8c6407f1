namespace Navi.Agent.Code;

/// <summary>Parts that need one another in a circle: the strongly connected components of more than one part (Tarjan 1972, without recursion).</summary>
internal static class Cycles
{
    /// <summary>Each cycle's parts in ordinal order; the cycles by their first part.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyCollection<Dependency> dependencies)
    {
        var next = dependencies.GroupBy(d => d.From, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(d => d.To).Distinct(StringComparer.Ordinal).ToList(), StringComparer.Ordinal);
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var low = new Dictionary<string, int>(StringComparer.Ordinal);
        var stack = new Stack<string>();
        var on = new HashSet<string>(StringComparer.Ordinal);
        var cycles = new List<IReadOnlyList<string>>();
        foreach (var start in next.Keys.Order(StringComparer.Ordinal))
            if (!index.ContainsKey(start))
                Visit(start);
        return [.. cycles.OrderBy(c => c[0], StringComparer.Ordinal)];

        void Visit(string root)
        {
            var work = new Stack<(string Node, int Child)>();
            Enter(root);
            while (work.TryPop(out var step))
            {
                var children = next.GetValueOrDefault(step.Node) ?? [];
                if (step.Child > 0)
                    low[step.Node] = Math.Min(low[step.Node], low[children[step.Child - 1]]);
                var child = step.Child;
                for (; child < children.Count; child++)
                {
                    if (!index.TryGetValue(children[child], out var seen))
                        break;
                    if (on.Contains(children[child]))
                        low[step.Node] = Math.Min(low[step.Node], seen);
                }

                if (child < children.Count)
                {
                    work.Push((step.Node, child + 1));
                    Enter(children[child]);
                    continue;
                }

                if (low[step.Node] == index[step.Node])
                    Leave(step.Node);
            }

            void Enter(string node)
            {
                index[node] = low[node] = index.Count;
                stack.Push(node);
                on.Add(node);
                work.Push((node, 0));
            }
        }

        void Leave(string node)
        {
            var parts = new List<string>();
            string part;
            do
            {
                part = stack.Pop();
                on.Remove(part);
                parts.Add(part);
            }
            while (part != node);
            if (parts.Count > 1)
                cycles.Add([.. parts.Order(StringComparer.Ordinal)]);
        }
    }
}
